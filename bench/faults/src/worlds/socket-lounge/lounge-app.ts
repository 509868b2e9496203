import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Fastify from 'fastify';
import * as z from 'zod';
import { Rows, type Account } from '../../traps/store.ts';
import { view } from '../../traps/trap.ts';
import { describeApi, text } from '../describe-api.ts';
import { LoginGuard } from '../login-guard.ts';
import { cookieValue, SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';
import { loungeSockets } from './lounge-sockets.ts';

const sessionCookie = 'lounge_session';
const fields = { title: text(200), text: text(2000) };
const note = z.object({ title: z.string().min(1).max(200), text: z.string().max(2000).optional() });
const login = z.object({ email: z.string(), password: z.string() });
const byId = z.object({ note: z.string() });
const missing = { error: 'there is no such note' };

const document = describeApi('Lounge', 'cookie', {
  'POST /api/login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /api/logout': {},
  'GET /api/me': {},
  'GET /api/notes': {},
  'POST /api/notes': { body: fields, required: ['title'] },
  'GET /api/notes/{note}': {},
  'DELETE /api/notes/{note}': {},
});

/** Notes of two tenants that are pushed over WebSockets, which are opened with the cookie of a session. */
export async function loungeApp(accounts: readonly Account[], isOn: IsOn): Promise<Server> {
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  const rows = new Rows();
  const sameSite = isOn('lounge-socket-for-every-page') ? 'None' : 'Lax';
  const secretOf = (request: { readonly headers: IncomingMessage['headers'] }): string | undefined =>
    cookieValue(request.headers.cookie, sessionCookie);
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
  const server = createServer((request: IncomingMessage, response: ServerResponse) =>
    app.routing(request, response),
  );
  const push = loungeSockets(server, (request) => sessions.whoIs(secretOf(request)), isOn);

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, _body, done) => done(null, {}),
  );
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    done();
  });
  app.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 400).send({ error: 'the request could not be read' }),
  );
  app.get('/', (_request, reply) =>
    reply
      .header('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .type('text/html')
      .send('<!doctype html><title>Lounge</title><script src="/page.js"></script>'),
  );
  app.get('/page.js', (_request, reply) =>
    reply
      .type('text/javascript')
      .send(
        "const at = `ws://${location.host}`; new WebSocket(at + '/live'); new WebSocket(at + '/visits'); new WebSocket(at + '/lax');",
      ),
  );
  app.get('/openapi.json', () => document);
  app.post('/api/login', (request, reply) => {
    const given = login.safeParse(request.body);
    if (!given.success) return reply.code(400).send({ error: 'email and password are needed' });
    const { email, password } = given.data;
    const seconds = guard.waits(email, request.ip);
    if (seconds > 0) return reply.code(429).header('retry-after', seconds).send({ error: 'slow down' });
    const account = accounts.find((known) => known.email === email && known.password === password);
    if (!account) {
      guard.failed(email, request.ip);
      return reply.code(401).send({ error: 'wrong email or password' });
    }
    guard.succeeded(email);
    const line = `${sessionCookie}=${sessions.open(account)}; Path=/; Secure; HttpOnly; SameSite=${sameSite}`;
    return reply.header('set-cookie', line).send({ email });
  });
  void app.register((signedIn, _options, done) => {
    signedIn.addHook('preHandler', (request, reply, next) => {
      if (sessions.whoIs(secretOf(request))) next();
      else void reply.code(401).send({ error: 'sign in first' });
    });
    const tenantOf = (request: { readonly headers: IncomingMessage['headers'] }): string =>
      sessions.whoIs(secretOf(request))?.tenant ?? '';
    signedIn.post('/api/logout', (request, reply) => {
      sessions.end(secretOf(request));
      return reply.code(204).send();
    });
    signedIn.get('/api/me', (request) => {
      const caller = sessions.whoIs(secretOf(request));
      return { email: caller?.email, tenant: caller?.tenant };
    });
    signedIn.get('/api/notes', (request) => rows.of(tenantOf(request)).map(view));
    signedIn.post('/api/notes', (request, reply) => {
      const given = note.safeParse(request.body);
      if (!given.success) return reply.code(400).send({ error: 'a title of up to 200 characters is needed' });
      const made = view(rows.insert(tenantOf(request), { ...given.data }));
      push(tenantOf(request), made);
      return reply.code(201).send(made);
    });
    signedIn.get('/api/notes/:note', (request, reply) => {
      const row = rows.own(tenantOf(request), byId.parse(request.params).note);
      return row ? reply.send(view(row)) : reply.code(404).send(missing);
    });
    // Forms are answered with the note, whatever they say that they are.
    signedIn.post('/api/notes/:note', (request, reply) => {
      const row = rows.own(tenantOf(request), byId.parse(request.params).note);
      return row ? reply.send(view(row)) : reply.code(404).send(missing);
    });
    signedIn.delete('/api/notes/:note', (request, reply) => {
      const row = rows.own(tenantOf(request), byId.parse(request.params).note);
      if (!row) return reply.code(404).send(missing);
      row.deleted = true;
      return reply.code(204).send();
    });
    done();
  });
  await app.ready();
  return server;
}
