import { startTrapServer } from '../../traps/trap-server.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { idsElsewherePaths } from './ids-elsewhere-document.ts';
import { idsElsewhereFaults } from './ids-elsewhere-faults.ts';
import { registerIdsElsewhere, personalIds } from './ids-elsewhere-routes.ts';
import { idsElsewhereTraps } from './ids-elsewhere-traps.ts';

const accounts = twoTenants();

/** Objects whose ids stand in a query, in a body, or in the answer to a login alone, instead of in a path below a list. */
export const idsElsewhereWorld: World = {
  id: 'ids-elsewhere',
  framework: 'fastify',
  accounts,
  traps: idsElsewhereTraps,
  faults: idsElsewhereFaults,
  target: {
    roles: ['admin', 'member'],
    permissions: { allowed: { 'DELETE /api/jots/{id}': ['admin', 'member'] } },
  },
  start: (switches) =>
    startTrapServer({
      accounts,
      signIn: {
        by: 'bearer',
        tokenSeconds: 3600,
        afterFiveFailures: 'answer-429',
        shortestCounted: 0,
        endedSession: 'answer-401',
        tells: (account) => ({ user: { email: account.email }, ...personalIds(account) }),
      },
      collections: [],
      routes: [
        {
          id: 'ids-elsewhere-routes',
          family: 'CK-TENANT',
          looksLike: '',
          isSafeBecause: '',
          metWhen: [],
          paths: idsElsewherePaths,
          register: (server, whoIs) =>
            registerIdsElsewhere(server, accounts, (id) => switches.has(id), whoIs),
        },
      ],
    }),
};
