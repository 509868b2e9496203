import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import * as z from 'zod';
import { collectionDocument } from './collection-document.ts';
import { registerCollection } from './collection-routes.ts';
import type { Account } from './store.ts';
import type { CollectionTrap, Trap } from './trap.ts';

/** How a trap server signs people in, and what it does after wrong passwords. */
export interface SignIn {
  readonly by: 'bearer' | 'cookie';
  /** Requests with a bearer token that is older are refused. */
  readonly tokenSeconds: number;
  readonly afterFiveFailures:
    | 'answer-429'
    | 'answer-403'
    | 'suspend-and-answer-401'
    | 'answer-200-with-error';
  /** Wrong passwords shorter than this are refused before they are counted. */
  readonly shortestCounted: number;
}

/** Routes of a trap that is not a collection. */
export interface RouteTrap extends Trap {
  readonly paths: Record<string, unknown>;
  register(server: FastifyInstance, whoIs: WhoIs): void;
}

export type WhoIs = (request: FastifyRequest) => Account | null;

export interface TrapServer {
  readonly origin: string;
  close(): Promise<void>;
}

const credentials = z.object({ email: z.string(), password: z.string() });

interface Session {
  readonly account: Account;
  readonly startedAt: number;
}

const lockMs = 20_000;

/** A small, tight application of two tenants whose answers look guilty. */
export async function startTrapServer(options: {
  readonly accounts: readonly Account[];
  readonly signIn: SignIn;
  readonly collections: readonly CollectionTrap[];
  readonly routes: readonly RouteTrap[];
}): Promise<TrapServer> {
  const { signIn } = options;
  const server = fastify({ logger: false, bodyLimit: 256 * 1024 });
  const sessions = new Map<string, Session>();
  const failures = new Map<string, { count: number; until: number }>();

  const whoIs: WhoIs = (request) => {
    const token =
      signIn.by === 'bearer'
        ? /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
        : /(?:^|; )trap_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const session = sessions.get(token ?? '');
    if (session === undefined || Date.now() - session.startedAt > signIn.tokenSeconds * 1000) return null;
    return session.account;
  };

  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: 'the request could not be read' }),
  );
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
  });

  server.get('/', async (_request, reply) =>
    reply
      .type('text/html')
      .header('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .send('<!doctype html><title>Traps</title><p>Sign in.</p>'),
  );
  server.get('/api/me', async (request, reply) => {
    const account = whoIs(request);
    if (account === null) return reply.code(401).send({ error: 'sign in first' });
    return { email: account.email, tenant: account.tenant, role: account.role };
  });

  server.post('/api/auth/login', async (request, reply) => {
    const parsed = credentials.safeParse(request.body);
    if (!parsed.success) return reply.code(422).send({ error: 'email and password are needed' });
    const { email, password } = parsed.data;
    const failed = failures.get(email) ?? { count: 0, until: 0 };
    const locked = failed.count >= 5 && failed.until > Date.now();
    if (locked && signIn.afterFiveFailures === 'answer-429')
      return reply
        .code(429)
        .header('retry-after', String(Math.ceil((failed.until - Date.now()) / 1000)))
        .send({ error: 'too many attempts' });
    if (locked && signIn.afterFiveFailures === 'answer-403')
      return reply.code(403).send({ error: 'this account is locked for a while' });
    const account = options.accounts.find((candidate) => candidate.email === email);
    if (locked || account?.password !== password) {
      const counts = password.length >= signIn.shortestCounted;
      if (counts && !locked) failures.set(email, { count: failed.count + 1, until: Date.now() + lockMs });
      return signIn.afterFiveFailures === 'answer-200-with-error'
        ? reply.code(200).send({ error: 'wrong email or password' })
        : reply.code(401).send({ error: 'wrong email or password' });
    }
    failures.delete(email);
    const token = randomBytes(24).toString('base64url');
    sessions.set(token, { account, startedAt: Date.now() });
    if (signIn.by === 'bearer') return { token };
    return reply
      .header('set-cookie', [
        `trap_session=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`,
        // A preference that scripts are meant to read: it authenticates nobody.
        'theme=dark; Path=/',
      ])
      .send({ ok: true });
  });
  server.post('/api/auth/logout', async (request, reply) => {
    for (const [token] of sessions) {
      const carried = `${request.headers.authorization ?? ''} ${request.headers.cookie ?? ''}`;
      if (carried.includes(token)) sessions.delete(token);
    }
    return reply.code(204).send();
  });

  for (const trap of options.collections) registerCollection(server, trap, whoIs);
  for (const trap of options.routes) trap.register(server, whoIs);

  server.get('/openapi.json', async () => apiDocument(options.collections, options.routes));
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function apiDocument(collections: readonly CollectionTrap[], routes: readonly RouteTrap[]): unknown {
  const loginBody = {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['email', 'password'],
          properties: { email: { type: 'string' }, password: { type: 'string' } },
        },
      },
    },
  };
  const done = { '200': { description: 'done' } };
  return {
    openapi: '3.1.0',
    info: { title: 'Traps', version: '1' },
    security: [{ session: [] }],
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/api/auth/login': { post: { security: [], requestBody: loginBody, responses: done } },
      '/api/auth/logout': { post: { responses: done } },
      '/api/me': { get: { responses: done } },
      ...Object.assign({}, ...collections.map(collectionDocument)),
      ...Object.assign({}, ...routes.map((trap) => trap.paths)),
    },
  };
}
