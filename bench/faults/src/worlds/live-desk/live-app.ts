import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Fastify from 'fastify';
import { WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod';
import { Rows, type Account } from '../../traps/store.ts';
import { view } from '../../traps/trap.ts';
import { describeApi, text } from '../describe-api.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';

const one = '/api/notes/{note}';
const fields = { title: text(200), text: text(2000) };
const note = z.object({ title: z.string().max(200), text: z.string().max(2000).optional() });
const change = note.partial();
const login = z.object({ email: z.string(), password: z.string() });
const joins = z.object({ join: z.string() });

const document = describeApi('Live', 'bearer', {
  'POST /api/login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /api/logout': {},
  'GET /api/me': {},
  'GET /api/notes': {},
  'POST /api/notes': { body: fields, required: ['title'] },
  [`GET ${one}`]: {},
  [`PATCH ${one}`]: { body: fields },
  [`DELETE ${one}`]: {},
});

interface Ear {
  readonly tenant: string | null;
  readonly send: (message: object) => void;
}

/** Notes of two tenants whose changes are pushed over a WebSocket, a WebSocket of named rooms, and a stream of events. */
export async function liveApp(accounts: readonly Account[], isOn: IsOn): Promise<Server> {
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  const rows = new Rows();
  const sockets = new Set<Ear>();
  const streams = new Set<Ear>();
  const rooms = new Map<string, Set<Ear>>();
  const callerOf = (request: { readonly headers: IncomingMessage['headers'] }): Account | null =>
    sessions.whoIs(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]);

  const tell = (tenant: string, made: object): void => {
    for (const { tenant: theirs, send } of sockets) {
      if (theirs === tenant || isOn('live-socket-tells-all')) send({ kind: 'note', note: made });
      // Everybody may know how much there is.
      send({ kind: 'count', notes: rows.of('north').length + rows.of('south').length });
    }
    for (const { tenant: theirs, send } of streams)
      if (theirs === tenant || isOn('live-stream-tells-all')) send(made);
    for (const { send } of rooms.get(`notes-of-${tenant}`) ?? []) send(made);
  };

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
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
      .send('<!doctype html><title>Live</title><script src="/page.js"></script>'),
  );
  app.get('/page.js', (_request, reply) =>
    reply
      .type('text/javascript')
      .send(
        "const at = `ws://${location.host}`; new WebSocket(at + '/live'); new EventSource('/api/changes');",
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
    return reply.send({ token: sessions.open(account) });
  });
  app.get('/api/changes', (request, reply) => {
    const caller = callerOf(request);
    if (!caller && !isOn('live-stream-without-login'))
      return reply.code(401).send({ error: 'sign in first' });
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write(': hello\n\n');
    const ear: Ear = {
      tenant: caller?.tenant ?? 'north',
      send: (message) => void reply.raw.write(`data: ${JSON.stringify(message)}\n\n`),
    };
    streams.add(ear);
    reply.raw.on('close', () => streams.delete(ear));
    return reply;
  });
  void app.register((signedIn, _options, done) => {
    signedIn.addHook('preHandler', (request, reply, next) => {
      if (callerOf(request)) next();
      else void reply.code(401).send({ error: 'sign in first' });
    });
    const tenantOf = (request: { readonly headers: IncomingMessage['headers'] }): string =>
      callerOf(request)?.tenant ?? '';
    const missing = { error: 'there is no such note' };
    const byId = z.object({ note: z.string() });
    signedIn.post('/api/logout', (request, reply) => {
      sessions.end(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]);
      return reply.code(204).send();
    });
    signedIn.get('/api/me', (request) => ({ email: callerOf(request)?.email, tenant: tenantOf(request) }));
    signedIn.get('/api/notes', (request) => rows.of(tenantOf(request)).map(view));
    signedIn.post('/api/notes', (request, reply) => {
      const given = note.safeParse(request.body);
      if (!given.success) return reply.code(400).send({ error: 'a title of up to 200 characters is needed' });
      const made = view(rows.insert(tenantOf(request), { ...given.data }));
      tell(tenantOf(request), made);
      return reply.code(201).send(made);
    });
    signedIn.get('/api/notes/:note', (request, reply) => {
      const row = rows.own(tenantOf(request), byId.parse(request.params).note);
      return row ? reply.send(view(row)) : reply.code(404).send(missing);
    });
    signedIn.patch('/api/notes/:note', (request, reply) => {
      const row = rows.own(tenantOf(request), byId.parse(request.params).note);
      if (!row) return reply.code(404).send(missing);
      const given = change.safeParse(request.body);
      if (!given.success) return reply.code(400).send({ error: 'that does not fit' });
      Object.assign(row.fields, given.data);
      tell(row.tenant, view(row));
      return reply.send(view(row));
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

  const server = createServer((request: IncomingMessage, response: ServerResponse) =>
    app.routing(request, response),
  );
  const doors = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const caller = callerOf(request);
    const path = (request.url ?? '').split('?')[0];
    const refuse = (line: string): void => void socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\n\r\n`);
    if (path !== '/live' && path !== '/rooms') return refuse('404 Not Found');
    if (!caller) return refuse('401 Unauthorized');
    doors.handleUpgrade(request, socket, head, (client) => {
      const ear: Ear = {
        tenant: caller.tenant,
        send: (message) => {
          if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(message));
        },
      };
      if (path === '/live') {
        sockets.add(ear);
        client.on('close', () => sockets.delete(ear));
        return;
      }
      client.on('message', (data: Buffer) => {
        const asked = joins.safeParse(parsed(data.toString()));
        if (!asked.success) return;
        const { join } = asked.data;
        if (join !== `notes-of-${caller.tenant}` && !isOn('live-room-of-anybody'))
          return ear.send({ refused: join });
        const room = rooms.get(join) ?? new Set<Ear>();
        rooms.set(join, room.add(ear));
        client.on('close', () => room.delete(ear));
      });
    });
  });
  return server;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
