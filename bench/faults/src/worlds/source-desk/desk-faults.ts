import type { WorldFault } from '../world.ts';

const one = '/api/notes/{note}';

const throughFront = (id: string, title: string, operation: string): WorldFault => ({
  id,
  family: 'CK-ROUTES',
  title,
  expects: { check: 'routes/server-guard', place: { operation } },
  alsoExpects: [
    {
      check: 'access/anonymous-access',
      place: { operation },
      because: 'the route was tried, and the trial is what proves that the guard is missing',
    },
  ],
});
const anyDrawer = (
  id: string,
  action: 'read' | 'update' | 'delete',
  title: string,
  operation: string,
): WorldFault => ({
  id,
  family: 'CK-ROUTES',
  title,
  expects: { check: 'routes/tenant-scope', place: { operation } },
  alsoExpects: [
    {
      check: `tenancy/cross-tenant-${action}`,
      place: { operation },
      because: 'the route was attacked, and the attack is what proves that the tenant is missing',
    },
  ],
});

/** Ways to break the desk. */
export const deskFaults: readonly WorldFault[] = [
  {
    id: 'source-route-not-in-document',
    family: 'CK-ROUTES',
    title: 'a route of the source is served and stands in no document',
    expects: { check: 'routes/undocumented-route', place: { operation: 'GET /api/summary' } },
  },
  throughFront(
    'source-front-forgets-a-read',
    'the front lets strangers read a note, and the source has no guard',
    `GET ${one}`,
  ),
  throughFront(
    'source-front-forgets-a-change',
    'the front lets strangers change a note, and the source has no guard',
    `PATCH ${one}`,
  ),
  anyDrawer('source-read-from-any-drawer', 'read', 'a note is read by its id alone', `GET ${one}`),
  anyDrawer('source-change-in-any-drawer', 'update', 'a note is changed by its id alone', `PATCH ${one}`),
  anyDrawer('source-discard-from-any-drawer', 'delete', 'a note is deleted by its id alone', `DELETE ${one}`),
];
