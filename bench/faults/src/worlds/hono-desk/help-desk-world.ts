import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { deskApp } from './desk-app.ts';
import { deskFaults } from './desk-faults.ts';
import { deskTraps } from './desk-traps.ts';

/** What somebody signed when reports were still for admins only. */
const signed = {
  version: 1,
  target: 'Desk',
  signedBy: 'Grace',
  signedOn: '2026-01-02',
  review: 'an-earlier-run',
  rights: { 'GET /reports': { member: { tenant: 'denied' } } },
};

/** A help desk in Hono: records with fields that callers may not set, and a signed permission matrix. */
export const helpDeskWorld: World = {
  id: 'hono-desk',
  framework: 'hono',
  accounts: twoTenants(),
  traps: deskTraps,
  faults: deskFaults,
  start: async (switches, { folder }) => {
    const permissionsLock = join(folder, 'permissions.lock');
    writeFileSync(permissionsLock, JSON.stringify(signed));
    const answer = getRequestListener(deskApp(twoTenants(), (fault) => switches.has(fault)).fetch);
    const running = await listen((request, response) => void answer(request, response));
    return { ...running, target: { permissionsLock } };
  },
  target: { roles: ['admin', 'member'] },
};
