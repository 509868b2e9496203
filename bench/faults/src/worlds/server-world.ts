import { startTrapServer, type RouteTrap, type SignIn } from '../traps/trap-server.ts';
import type { CollectionTrap, Trap } from '../traps/trap.ts';
import { twoTenants } from './two-tenants.ts';
import type { World } from './world.ts';

/** A world of traps alone that is one trap server. */
export function serverWorld(options: {
  readonly id: string;
  readonly signIn: SignIn;
  readonly signInTraps: readonly Trap[];
  readonly collections: readonly CollectionTrap[];
  readonly routes: readonly RouteTrap[];
  /** Collections that only make the world large enough to be reviewed; their traps count elsewhere. */
  readonly also?: readonly CollectionTrap[];
}): World {
  const { id, signIn, collections, routes, also = [] } = options;
  const accounts = twoTenants();
  const open = collections.flatMap(({ collection, publicByPermissions, publicOperations = [] }) =>
    publicByPermissions === true
      ? publicOperations.map(
          (name) => [`GET /api/${collection}${name === 'list' ? '' : '/{id}'}`, ['everyone']] as const,
        )
      : [],
  );
  return {
    id,
    framework: 'fastify',
    accounts,
    traps: [...options.signInTraps, ...collections, ...routes],
    faults: [],
    start: () => startTrapServer({ accounts, signIn, collections: [...collections, ...also], routes }),
    target: {
      roles: ['admin', 'member'],
      ...(open.length === 0 ? {} : { permissions: { allowed: Object.fromEntries(open) } }),
    },
  };
}
