import type { Trap } from '../../traps/trap.ts';
import { crossTenantTrap } from '../cross-tenant-trap.ts';

const one = '/api/reports/{report}';

/** Answers of the desk that look guilty. */
export const deskTraps: readonly Trap[] = [
  crossTenantTrap(
    'desk-silent-archive',
    'archiving a foreign report is answered 204',
    'nothing is archived',
    `POST ${one}/archive`,
  ),
  crossTenantTrap(
    'desk-echoed-status',
    'setting the state of a foreign report is answered 200 with that state',
    'nothing is stored',
    `PUT ${one}/status`,
  ),
  crossTenantTrap(
    'desk-dangling-folder',
    'a report keeps the id of a foreign folder',
    'it shows nothing of that folder',
    'POST /api/reports',
    'body:/folderId',
  ),
  crossTenantTrap(
    'desk-ignored-ids',
    'a list by foreign ids is answered 200',
    'only own reports are in it',
    'GET /api/reports',
    'query:ids',
  ),
  crossTenantTrap(
    'desk-own-directory',
    'the members of a foreign tenant are answered 200',
    'they are those of the own tenant',
    'GET /api/tenants/{tenant}/members',
  ),
  crossTenantTrap(
    'desk-empty-settings',
    'the settings of a foreign tenant are answered 200',
    'there is nothing in them',
    'GET /api/tenants/{tenant}/settings',
  ),
  crossTenantTrap(
    'desk-counted-views',
    'a report changes between two looks of its owner',
    'it only counts how often it was looked at',
    `GET ${one}`,
  ),
  crossTenantTrap(
    'desk-ended-search',
    'a search by POST says what was searched for',
    'it finds own reports only',
    'POST /api/reports/search',
  ),
  crossTenantTrap(
    'desk-own-machine-only',
    'a route for diagnosis shows every report to a reviewer on the same machine',
    'nobody gets there through the proxy, which says where a request comes from',
    'GET /api/diagnosis/{report}',
    'own machine alone',
  ),
];
