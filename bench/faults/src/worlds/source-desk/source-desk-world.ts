import { fileURLToPath } from 'node:url';
import type { Request } from 'express';
import { Rows } from '../../traps/store.ts';
import { view } from '../../traps/trap.ts';
import { describeApi, text } from '../describe-api.ts';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { IsOn, World } from '../world.ts';
import { deskApp } from './app/desk-app.ts';
import type { Drawer } from './app/note-routes.ts';
import { deskFaults } from './desk-faults.ts';
import { deskFront } from './desk-front.ts';
import { deskTraps } from './desk-traps.ts';

const note = { title: text(200), text: text(2000) };
const one = '/api/notes/{note}';

const document = (isOn: IsOn): object =>
  describeApi('Desk', 'bearer', {
    'POST /api/auth/login': {
      open: true,
      body: { email: text(254), password: text(200) },
      required: ['email', 'password'],
    },
    'POST /api/auth/logout': {},
    'GET /api/auth/me': {},
    'GET /api/notes': {},
    'POST /api/notes': { body: note, required: ['title'] },
    [`GET ${one}`]: {},
    [`PATCH ${one}`]: { body: note },
    [`DELETE ${one}`]: {},
    ...(isOn('source-route-not-in-document') ? {} : { 'GET /api/summary': {} }),
  });

/** A desk of notes in Express whose own source shows neither guard nor tenant, because both lie in what stands before it. */
export const sourceDeskWorld: World = {
  id: 'source-desk',
  framework: 'express',
  accounts: twoTenants(),
  traps: deskTraps,
  faults: deskFaults,
  start: (switches) => {
    const isOn: IsOn = (fault) => switches.has(fault);
    const front = deskFront(twoTenants(), isOn);
    const notes = new Rows();
    const drawerOf = (request: Request): Drawer =>
      drawer(notes, front.senderOf(request)?.tenant ?? null, isOn);
    return listen(front.before(deskApp(drawerOf, document(isOn))));
  },
  target: { roles: ['admin', 'member'], source: fileURLToPath(new URL('app', import.meta.url)) },
};

function drawer(notes: Rows, tenant: string | null, isOn: IsOn): Drawer {
  const own = (id: string, fault: string) =>
    tenant === null || isOn(fault) ? notes.any(id) : notes.own(tenant, id);
  return {
    list: () => notes.of(tenant ?? '').map(view),
    read: (id) => {
      const row = own(id, 'source-read-from-any-drawer');
      return row === undefined ? null : view(row);
    },
    put: (fields) => view(notes.insert(tenant ?? '', { ...fields })),
    change: (id, fields) => {
      const row = own(id, 'source-change-in-any-drawer');
      if (row === undefined) return null;
      Object.assign(row.fields, fields);
      return view(row);
    },
    discard: (id) => {
      const row = own(id, 'source-discard-from-any-drawer');
      if (row !== undefined) row.deleted = true;
      return row !== undefined;
    },
  };
}
