import { view } from './trap.ts';
import type { RouteTrap } from './trap-server.ts';
import { Rows } from './store.ts';

const notes = new Rows();
notes.insert('nobody', { title: 'Opening hours' });

/** Public data that any page may read. */
export const openDataTrap: RouteTrap = {
  id: 'wildcard-origin-on-public-data',
  family: 'SC-CORS-CSRF',
  looksLike: 'an answer lets every origin read it',
  isSafeBecause: 'it is public and carries no credentials',
  metWhen: [{ kind: 'accessCoverage', mentions: 'GET /api/opening-hours' }],
  paths: { '/api/opening-hours': { get: { security: [], responses: { '200': { description: 'hours' } } } } },
  register(server) {
    server.get('/api/opening-hours', async (_request, reply) =>
      reply.header('access-control-allow-origin', '*').send({ items: notes.all.map(view) }),
    );
  },
};

/** A private answer that names the one origin it trusts, whoever asks. */
export const fixedOriginTrap: RouteTrap = {
  id: 'fixed-trusted-origin',
  family: 'SC-CORS-CSRF',
  looksLike: 'every answer allows an origin, with credentials',
  isSafeBecause: 'it is always the same listed origin, and browsers refuse it to any other',
  metWhen: [{ kind: 'cors', mentions: 'GET /api/fixed-origin' }],
  paths: { '/api/fixed-origin': { get: { responses: { '200': { description: 'mine' } } } } },
  register(server, whoIs) {
    server.get('/api/fixed-origin', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      return reply
        .header('access-control-allow-origin', 'https://app.traps.test')
        .header('access-control-allow-credentials', 'true')
        .header('vary', 'origin')
        .send({ email: account.email });
    });
  },
};
