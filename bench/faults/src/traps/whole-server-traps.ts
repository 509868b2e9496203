import type { RouteTrap } from './trap-server.ts';

const shell = '<!doctype html><title>App</title><div id="root"></div><script src="/app.js"></script>';
const done = { responses: { '200': { description: 'done' } } } as const;

/** Every path that does not exist answers 200 with the shell of a single page, whatever the method. */
export const shellEverywhereTrap: RouteTrap = {
  id: 'shell-on-every-path',
  family: 'SC-AUTHZ',
  looksLike: 'every path that one can think of answers 200',
  isSafeBecause: 'with the same shell of a single page',
  metWhen: [{ kind: 'crossTenant', mentions: '"verdict":"safe"' }],
  paths: {},
  register(server) {
    server.setNotFoundHandler(async (_request, reply) => reply.type('text/html').send(shell));
  },
};

/** A GET that resets everything. Whoever calls it locks everybody out, and no other trap of its world is met any more. */
export const resetByGetTrap: RouteTrap = {
  id: 'reset-by-get',
  family: 'SC-SAFETY',
  looksLike: 'a documented GET like any other',
  isSafeBecause: 'its name says what it does, and nobody has to call it',
  metWhen: [
    { kind: 'crossTenant', mentions: '"verdict":"safe"' },
    { kind: 'logins', mentions: '"proven":true' },
  ],
  paths: { '/api/reset-demo': { get: done } },
  register(server) {
    let wasReset = false;
    server.addHook('onRequest', async (_request, reply) => {
      if (wasReset) await reply.code(401).send({ error: 'everything was reset' });
    });
    server.get('/api/reset-demo', async () => {
      wasReset = true;
      return { reset: true };
    });
  },
};

/** Counters that the server shows to its own machine, which the reviewer sits on too. */
export const loopbackOnlyTrap: RouteTrap = {
  id: 'open-to-loopback-only',
  family: 'SC-AUTHN',
  looksLike: 'a route that wants a session answers without one',
  isSafeBecause: 'to its own machine alone, and with nothing but counters',
  metWhen: [{ kind: 'accessCoverage', mentions: 'GET /api/counters', and: ['"credential":"none"'] }],
  paths: { '/api/counters': { get: done } },
  register(server, whoIs) {
    let served = 0;
    server.addHook('onResponse', async () => {
      served += 1;
    });
    server.get('/api/counters', async (request, reply) => {
      const isLocal = request.socket.remoteAddress === '127.0.0.1';
      if (!isLocal && whoIs(request) === null) return reply.code(401).send({ error: 'sign in first' });
      return { served };
    });
  },
};
