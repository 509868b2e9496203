import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { guardApp } from './guard-app.ts';
import { guardFaults } from './guard-faults.ts';
import { guardTraps } from './guard-traps.ts';

/** A shop in Express on a real database: login limits behind a proxy, checks of input, a search, pages and forms. */
export const guardWorld: World = {
  id: 'guard-shop',
  framework: 'express',
  accounts: twoTenants(),
  traps: guardTraps,
  faults: guardFaults,
  start: (switches) => listen(guardApp(twoTenants(), (fault) => switches.has(fault))),
  target: { roles: ['admin', 'member'] },
};
