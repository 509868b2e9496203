import { startTrapServer } from '../../traps/trap-server.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { cornersPaths } from './corners-document.ts';
import { cornersFaults } from './corners-faults.ts';
import { registerCorners } from './corners-routes.ts';
import { cornersTraps } from './corners-traps.ts';

const accounts = twoTenants();

/** Ordinary routes with the corners that guards forget: later pages, other formats, caches, names chosen by clients. */
export const tenantCornersWorld: World = {
  id: 'tenant-corners',
  framework: 'fastify',
  accounts,
  traps: cornersTraps,
  faults: cornersFaults,
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
          id: 'tenant-corners-routes',
          family: 'CK-TENANT',
          looksLike: '',
          isSafeBecause: '',
          metWhen: [],
          paths: cornersPaths,
          register: (server, whoIs) => registerCorners(server, accounts, (id) => switches.has(id), whoIs),
        },
      ],
    }),
};
