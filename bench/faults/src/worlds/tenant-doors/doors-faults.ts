import type { WorldFault } from '../world.ts';

const one = '/api/orders/{order}';

const breaks = (check: string, id: string, title: string, operation: string): WorldFault => ({
  id,
  family: 'CK-TENANT',
  title,
  expects: { check: `tenancy/${check}`, place: { operation } },
});

/** Doors beside the one that is guarded: other ways to name a tenant, other forms of the same request, results of work. */
export const doorsFaults: readonly WorldFault[] = [
  breaks(
    'cross-tenant-list',
    'doors-cookie-names-tenant',
    'a cookie beside the session chooses whose orders are listed',
    'GET /api/orders',
  ),
  breaks(
    'cross-tenant-read',
    'doors-cookie-opens-order',
    'a cookie beside the session chooses whose order is shown',
    `GET ${one}`,
  ),
  breaks(
    'cross-tenant-list',
    'doors-guessed-cookie',
    'a cookie that nobody is given chooses whose orders are listed',
    'GET /api/orders',
  ),
  breaks(
    'cross-tenant-list',
    'doors-address-names-tenant',
    'the sub-domain that is asked chooses whose orders are listed, whoever is signed in',
    'GET /api/orders',
  ),
  breaks(
    'cross-tenant-list',
    'doors-tenant-twice',
    'a tenant that is named twice is compared by the first and looked up by the last',
    'GET /api/orders',
  ),
  breaks(
    'cross-tenant-update',
    'doors-id-of-body',
    'an order is looked for by its address and changed by the id of the body',
    `PATCH ${one}`,
  ),
  breaks('cross-tenant-update', 'doors-xml-unguarded', 'a change in XML is not guarded', `PATCH ${one}`),
  breaks(
    'cross-tenant-update',
    'doors-multipart-unguarded',
    'a change by multipart form is not guarded',
    `PATCH ${one}`,
  ),
  breaks(
    'cross-tenant-read',
    'doors-read-by-post',
    'a POST that calls itself GET is not guarded',
    `GET ${one}`,
  ),
  breaks(
    'cross-tenant-read',
    'doors-encoded-dot',
    'an encoded dot in the path leads around the guard',
    `GET ${one}`,
  ),
  {
    ...breaks(
      'cross-tenant-insert',
      'doors-key-twice',
      'of a tenant that a body names twice the first is compared and the last is stored',
      'POST /api/orders',
    ),
  },
  breaks(
    'tenant-data',
    'doors-settings-of-any-tenant',
    'administrators change the settings of any tenant',
    'PATCH /api/tenants/{tenant}/settings',
  ),
  breaks(
    'cross-tenant-read',
    'doors-result-by-id',
    'the result of an export is shown to whoever has its id',
    'GET /api/exports/{export}',
  ),
];
