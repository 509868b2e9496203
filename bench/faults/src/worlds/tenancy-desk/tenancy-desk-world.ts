import { startTrapServer } from '../../traps/trap-server.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { deskPaths } from './desk-document.ts';
import { deskFaults } from './desk-faults.ts';
import { registerDesk } from './desk-routes.ts';
import { deskTraps } from './desk-traps.ts';

const accounts = twoTenants();

/** A desk with all that lies beside the ordinary routes of objects: actions, exports, references, selectors, members. */
export const tenancyDeskWorld: World = {
  id: 'tenancy-desk',
  framework: 'fastify',
  accounts,
  traps: deskTraps,
  faults: deskFaults,
  target: { roles: ['admin', 'member'] },
  start: (switches) =>
    startTrapServer({
      accounts,
      signIn: {
        by: 'bearer',
        tokenSeconds: 3600,
        afterFiveFailures: 'answer-429',
        shortestCounted: 0,
        endedSession: 'answer-401',
      },
      collections: [],
      routes: [
        {
          id: 'tenancy-desk-routes',
          family: 'CK-TENANT',
          looksLike: '',
          isSafeBecause: '',
          metWhen: [],
          paths: deskPaths,
          register: (server, whoIs) => registerDesk(server, accounts, (id) => switches.has(id), whoIs),
        },
      ],
    }),
};
