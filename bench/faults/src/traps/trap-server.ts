import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import { apiDocument } from './api-document.ts';
import { registerCollection } from './collection-routes.ts';
import { registerLogin } from './login-routes.ts';
import type { Account } from './store.ts';
import { createTokenStore } from './token-store.ts';
import type { CollectionTrap, Trap } from './trap.ts';

/** How a trap server signs people in, and what it does after wrong passwords. */
export interface SignIn {
  readonly by: 'bearer' | 'cookie';
  /** Requests with a token that is older are refused. */
  readonly tokenSeconds: number;
  readonly afterFiveFailures:
    | 'answer-429'
    | 'answer-403'
    | 'suspend-and-answer-401'
    | 'answer-200-with-error';
  /** Wrong passwords shorter than this are refused before they are counted. */
  readonly shortestCounted: number;
  /** How a session that was logged out is refused. */
  readonly endedSession: 'answer-401' | 'answer-403';
  /** What a login answers besides its token. */
  readonly tells?: (account: Account) => Readonly<Record<string, unknown>>;
}

/** Routes of a trap that is not a collection. */
export interface RouteTrap extends Trap {
  readonly paths: Record<string, unknown>;
  register(server: FastifyInstance, whoIs: WhoIs): void;
}

type WhoIs = (request: FastifyRequest) => Account | null;

export interface TrapServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** A small, tight application of two tenants whose answers look guilty. */
export async function startTrapServer(options: {
  readonly accounts: readonly Account[];
  readonly signIn: SignIn;
  readonly collections: readonly CollectionTrap[];
  readonly routes: readonly RouteTrap[];
}): Promise<TrapServer> {
  const { signIn, collections, routes } = options;
  const server = fastify({ logger: false, bodyLimit: 256 * 1024, forceCloseConnections: true });
  const tokens = createTokenStore(signIn);
  const whoIs: WhoIs = (request) => tokens.whoIs(request);

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
  if (signIn.endedSession === 'answer-403')
    server.addHook('onRequest', async (request, reply) => {
      if (tokens.hasEnded(request)) await reply.code(403).send({ error: 'this session has ended' });
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
  registerLogin(server, options.accounts, signIn, tokens);
  for (const trap of collections) registerCollection(server, trap, whoIs);
  for (const trap of routes) trap.register(server, whoIs);
  server.get('/openapi.json', async (request, _reply) =>
    apiDocument(signIn, collections, routes, whoIs(request)?.role ?? null),
  );
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
