import { fileURLToPath } from 'node:url';
import { listen } from '../listen.ts';
import { loginShapes } from '../../traps/login-shapes.ts';
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
  traps: [loginShapes.csrfTokenFromApi, loginShapes.csrfCookie, loginShapes.csrfRefused],
  faults: trackerFaults,
  start: async (switches) => {
    const running = await listen(trackerApp(twoTenants(), (fault) => switches.has(fault)));
    // Only names, not addresses, can begin otherwise and end alike.
    return { ...running, origin: running.origin.replace('127.0.0.1', 'localhost') };
  },
  target: { roles: ['admin', 'member'] },
  permissions: { 'GET /api/export': ['admin'], 'GET /api/audit': ['admin'] },
  journey: trackerJourney,
  sources: fileURLToPath(new URL('.', import.meta.url)),
};
