import type { WorldFault } from '../world.ts';
import { oneWayFaults } from './one-way-holes.ts';

const breaks = (check: string, id: string, title: string, operation: string): WorldFault => ({
  id,
  family: 'CK-TENANT',
  title,
  expects: { check: `tenancy/${check}`, place: { operation } },
});
const one = 'GET /api/cards/{card}';

/** Corners that a guard forgets, and holes in one direction. */
export const cornersFaults: readonly WorldFault[] = [
  ...oneWayFaults,
  breaks('cross-tenant-list', 'corner-second-page', 'the second page is of all tenants', 'GET /api/entries'),
  breaks(
    'cross-tenant-list',
    'corner-csv-of-all',
    'the same list as CSV is of all tenants',
    'GET /api/cards',
  ),
  breaks(
    'cross-tenant-list',
    'corner-trash-of-all',
    'the trash shows what all tenants deleted',
    'GET /api/papers/trash',
  ),
  breaks(
    'cross-tenant-list',
    'corner-forwarded-host',
    'a header with the host name of another tenant chooses whose cards are listed',
    'GET /api/cards',
  ),
  breaks('cross-tenant-read', 'corner-cache-without-tenant', 'a cache does not ask whose card it is', one),
  breaks('cross-tenant-read', 'corner-title-in-header', 'a refusal tells the title in a header', one),
  breaks(
    'cross-tenant-read',
    'corner-number-behind-tenant',
    'only the tenant in an id is compared, and the number behind it looked up',
    'GET /api/assets/{asset}',
  ),
  breaks(
    'cross-tenant-read',
    'corner-include-of-any-tenant',
    'what a card includes is loaded by its id alone',
    'POST /api/cards',
  ),
  breaks(
    'cross-tenant-read',
    'corner-list-for-one',
    'the board of a card is only compared when it is not a list',
    'POST /api/cards',
  ),
  breaks(
    'cross-tenant-update',
    'corner-put-takes-over',
    'a PUT to the id of a foreign card takes it over',
    'PUT /api/cards/{card}',
  ),
  breaks(
    'cross-tenant-insert',
    'corner-slug-overwrites',
    'a page of the same name as one of another tenant replaces it',
    'POST /api/pages',
  ),
  breaks(
    'tenant-data',
    'corner-member-of-any-tenant',
    'the role of a member of any tenant is set',
    'PATCH /api/tenants/{tenant}/members/{member}',
  ),
];
