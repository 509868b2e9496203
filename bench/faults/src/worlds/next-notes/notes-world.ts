import { fileURLToPath } from 'node:url';
import { loginShapes } from '../../traps/login-shapes.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { notesFaults } from './notes-faults.ts';
import { notesJourney } from './notes-journey.ts';
import { startSite } from './start-site.ts';

/** Notes in Next.js route handlers: a form to sign in, notes in notebooks. */
export const notesWorld: World = {
  id: 'next-notes',
  framework: 'next',
  accounts: twoTenants(),
  traps: [loginShapes.form],
  faults: notesFaults,
  start: (switches) => startSite(twoTenants(), switches),
  target: { roles: ['admin', 'member'] },
  journey: notesJourney,
  sources: fileURLToPath(new URL('site', import.meta.url)),
};
