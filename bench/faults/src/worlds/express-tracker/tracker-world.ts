import { fileURLToPath } from 'node:url';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { trackerApp } from './tracker-app.ts';
import { trackerFaults } from './tracker-faults.ts';
import { trackerJourney } from './tracker-journey.ts';

/** A project tracker in Express: cookie sessions, a CSRF token from an API, tasks below projects. */
export const trackerWorld: World = {
  id: 'express-tracker',
  framework: 'express',
  accounts: twoTenants(),
  traps: [],
  faults: trackerFaults,
  start: (switches) => listen(trackerApp(twoTenants(), (fault) => switches.has(fault))),
  target: { roles: ['admin', 'member'] },
  journey: trackerJourney,
  sources: fileURLToPath(new URL('.', import.meta.url)),
};
