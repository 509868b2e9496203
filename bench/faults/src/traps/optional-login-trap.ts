import type { RouteTrap } from './trap-server.ts';

const open = [{ id: 'b1', title: 'Office closed on Friday' }] as const;

/** A list that shows everybody the public part and members a little more. */
export const optionalLoginTrap: RouteTrap = {
  id: 'optional-login',
  family: 'SC-AUTHN',
  looksLike: 'a changed token is answered 200 with a list',
  isSafeBecause: 'it is the list that everybody gets; what members see on top is missing',
  metWhen: [{ kind: 'accessCoverage', mentions: 'GET /api/bulletins', and: ['tampered'] }],
  paths: {
    '/api/bulletins': {
      get: { security: [{ session: [] }, {}], responses: { '200': { description: 'bulletins' } } },
    },
  },
  register(server, whoIs) {
    server.get('/api/bulletins', async (request, _reply) => {
      const account = whoIs(request);
      const own =
        account === null ? [] : [{ id: `b-${account.tenant}`, title: `Minutes of ${account.tenant}` }];
      return { items: [...open, ...own], shownTo: account?.email ?? null };
    });
  },
};
