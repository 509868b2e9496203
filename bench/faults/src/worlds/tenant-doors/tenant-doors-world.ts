import { startTrapServer } from '../../traps/trap-server.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { doorsPaths } from './doors-document.ts';
import { doorsFaults } from './doors-faults.ts';
import { registerDoors } from './doors-routes.ts';
import { doorsTraps } from './doors-traps.ts';

const accounts = twoTenants();

/** A cookie login with everything that may name a tenant beside it: another cookie, a sub-domain, a body, an address. */
export const tenantDoorsWorld: World = {
  id: 'tenant-doors',
  framework: 'fastify',
  accounts,
  traps: doorsTraps,
  faults: doorsFaults,
  start: async (switches) => {
    const running = await startTrapServer({
      accounts,
      signIn: {
        by: 'cookie',
        tokenSeconds: 3600,
        afterFiveFailures: 'answer-429',
        shortestCounted: 0,
        endedSession: 'answer-401',
      },
      collections: [],
      routes: [
        {
          id: 'tenant-doors-routes',
          family: 'CK-TENANT',
          looksLike: '',
          isSafeBecause: '',
          metWhen: [],
          paths: doorsPaths,
          register: (server, whoIs) => registerDoors(server, accounts, (id) => switches.has(id), whoIs),
        },
      ],
    });
    const { port } = new URL(running.origin);
    const at = (tenant: string): string => `http://${tenant}.localhost:${port}`;
    const origins = { app: running.origin, north: at('north'), south: at('south') };
    return { ...running, target: { origins, roles: ['admin', 'member'], sentinels: ['north', 'south'] } };
  },
};
