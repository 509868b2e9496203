import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { listen } from '../listen.ts';
import { loginShapes } from '../../traps/login-shapes.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { portalApp } from './portal-app.ts';
import { portalFaults } from './portal-faults.ts';
import { portalJourney } from './portal-journey.ts';

/** A client portal in Hono: signed tokens, the workspace in the path. */
export const portalWorld: World = {
  id: 'hono-portal',
  framework: 'hono',
  accounts: twoTenants(),
  traps: [loginShapes.readableClaims, loginShapes.tenantInPath],
  faults: portalFaults,
  start: (switches) => {
    const answer = getRequestListener(portalApp(twoTenants(), (fault) => switches.has(fault)).fetch);
    return listen((request, response) => void answer(request, response));
  },
  target: {
    roles: ['admin', 'member'],
    tenantIds: { north: { workspace: 'north' }, south: { workspace: 'south' } },
  },
  permissions: {
    'GET /t/{workspace}/invoices': ['admin'],
    'POST /t/{workspace}/invoices': ['admin'],
    'GET /t/{workspace}/invoices/{invoiceId}': ['admin'],
    'DELETE /t/{workspace}/invoices/{invoiceId}': ['admin'],
    'PATCH /t/{workspace}/people/{personId}': ['admin'],
  },
  journey: portalJourney,
  sources: fileURLToPath(new URL('.', import.meta.url)),
};
