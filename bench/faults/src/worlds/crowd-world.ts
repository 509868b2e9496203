import { absentForeignTrap } from '../traps/collections/absent-foreign.ts';
import { serverWorld } from './server-world.ts';
import type { World } from './world.ts';

const kinds = ['orders', 'invoices', 'customers', 'tickets', 'contracts', 'quotes', 'vendors', 'assets'];
const more = ['branches', 'campaigns', 'surveys'];

/** An ordinary application of about 60 operations, for measuring what a review costs; it has no traps and no faults. */
export const crowdWorld: World = {
  ...serverWorld({
    id: 'crowd',
    signIn: {
      by: 'cookie',
      tokenSeconds: 3600,
      afterFiveFailures: 'answer-429',
      shortestCounted: 0,
      endedSession: 'answer-401',
    },
    signInTraps: [],
    collections: [...kinds, ...more].map((collection) => ({
      ...absentForeignTrap,
      id: collection,
      collection,
    })),
    routes: [],
  }),
  traps: [],
};
