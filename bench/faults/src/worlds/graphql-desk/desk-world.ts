import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { deskApp } from './desk-app.ts';
import { deskFaults } from './desk-faults.ts';

/** A help desk that speaks GraphQL alone. */
export const deskWorld: World = {
  id: 'graphql-desk',
  framework: 'express',
  accounts: twoTenants(),
  traps: [],
  faults: deskFaults,
  start: (switches) => listen(deskApp(twoTenants(), (fault) => switches.has(fault))),
  target: { roles: ['admin', 'member'] },
};
