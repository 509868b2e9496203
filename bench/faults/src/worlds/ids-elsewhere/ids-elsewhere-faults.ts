import type { WorldFault } from '../world.ts';

const breaks = (check: string, id: string, title: string, operation: string): WorldFault => ({
  id,
  family: 'CK-TENANT',
  title,
  expects: { check: `tenancy/${check}`, place: { operation } },
});

/** Guards that are forgotten where the path names no object. */
export const idsElsewhereFaults: readonly WorldFault[] = [
  breaks(
    'cross-tenant-read',
    'sheet-read-by-query',
    'a sheet is read by the id in a query',
    'GET /api/sheet',
  ),
  breaks(
    'cross-tenant-update',
    'sheet-changed-by-body',
    'a sheet is changed by the id in a body',
    'PATCH /api/sheets',
  ),
  breaks(
    'cross-tenant-delete',
    'sheet-deleted-by-query',
    'a sheet is deleted by the id in a query',
    'DELETE /api/sheets',
  ),
  breaks(
    'object-actions',
    'sheet-pinned-by-body',
    'a sheet is pinned by the id in a body',
    'POST /api/sheets/pin',
  ),
  breaks(
    'object-actions',
    'jot-renamed-by-body',
    'a jot is renamed by the number in a body',
    'POST /api/jots/rename',
  ),
  breaks(
    'cross-tenant-delete',
    'jot-thrown-away-by-anybody',
    'a jot is deleted by a route that the permissions of the target file alone name',
    'DELETE /api/jots/{id}',
  ),
  breaks(
    'cross-tenant-update',
    'remark-changed-by-body',
    'a remark, made by PUT below a jot, is changed by the id in a body',
    'PATCH /api/jots/remarks',
  ),
  breaks(
    'tenant-data',
    'basket-of-anybody',
    'a basket, whose id its owner is told at the login, is shown to whoever asks',
    'GET /api/baskets/{id}',
  ),
];
