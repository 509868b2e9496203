import type { WorldFault } from '../world.ts';

const one = '/api/reports/{report}';

const breaks = (
  check: string,
  id: string,
  title: string,
  operation: string,
  family = 'CK-TENANT',
): WorldFault => ({ id, family, title, expects: { check: `tenancy/${check}`, place: { operation } } });

/** Ways to break the desk beside the ordinary routes of its objects. */
export const deskFaults: readonly WorldFault[] = [
  breaks(
    'object-actions',
    'desk-archive-by-id-alone',
    'a report is archived by its id alone',
    `POST ${one}/archive`,
    'SC-AUTHZ',
  ),
  breaks(
    'object-actions',
    'desk-archive-refused-and-done',
    'archiving a foreign report is answered 403, after it was done',
    `POST ${one}/archive`,
  ),
  breaks(
    'object-actions',
    'desk-archive-absent-and-done',
    'archiving a foreign report is answered 404, after it was done',
    `POST ${one}/archive`,
  ),
  breaks(
    'object-actions',
    'desk-status-by-id-alone',
    'the state of a report is set by its id alone',
    `PUT ${one}/status`,
    'SC-AUTHZ',
  ),
  breaks(
    'cross-tenant-read',
    'desk-export-by-id-alone',
    'a report is exported by its id alone',
    `GET ${one}/export`,
    'SC-AUTHZ',
  ),
  breaks(
    'cross-tenant-read',
    'desk-download-elsewhere',
    'a report is downloaded from another route by its id alone',
    'GET /api/downloads/{report}',
    'SC-AUTHZ',
  ),
  {
    ...breaks(
      'cross-tenant-read',
      'desk-folder-reference',
      'a report that points at a foreign folder shows that folder',
      'POST /api/reports',
      'SC-AUTHZ',
    ),
    alsoExpects: [
      {
        check: 'tenancy/cross-tenant-read',
        place: { operation: `PATCH ${one}` },
        because: 'a change takes the folder as well, and shows it in the same way',
      },
    ],
  },
  {
    ...breaks(
      'cross-tenant-insert',
      'desk-tenant-in-body',
      'a report is filed under whatever tenant its body names',
      'POST /api/reports',
    ),
    alsoExpects: [
      {
        check: 'mass-assignment/protected-fields',
        place: { operation: 'POST /api/reports' },
        because: 'the tenant of a report is a field that nobody may set',
      },
    ],
  },
  {
    ...breaks(
      'cross-tenant-insert',
      'desk-report-moves-out',
      'a report is moved to whatever tenant a change names',
      `PATCH ${one}`,
    ),
    alsoExpects: [
      {
        check: 'mass-assignment/protected-fields',
        place: { operation: `PATCH ${one}` },
        because: 'the tenant of a report is a field that nobody may set',
      },
    ],
  },
  breaks(
    'cross-tenant-list',
    'desk-header-selects-tenant',
    'an undocumented header chooses whose reports are listed',
    'GET /api/reports',
  ),
  breaks(
    'cross-tenant-list',
    'desk-list-by-ids',
    'reports are listed by whatever ids are asked for',
    'GET /api/reports',
  ),
  breaks(
    'cross-tenant-list',
    'desk-search-by-post',
    'the search by POST finds reports of all tenants',
    'POST /api/reports/search',
  ),
  breaks(
    'cross-tenant-update',
    'desk-flag-by-id-alone',
    'a switch, which no text can mark, is turned by its id alone',
    'PATCH /api/flags/{flag}',
  ),
  breaks(
    'cross-tenant-read',
    'desk-link-in-answer',
    'a link that a report holds is served to everybody who puts one together',
    'GET /printed/{id}',
    'SC-AUTHZ',
  ),
  breaks(
    'cross-tenant-read',
    'desk-trailing-slash',
    'a slash at the end leads around the guard of reports',
    `GET ${one}`,
    'SC-AUTHZ',
  ),
  breaks(
    'cross-tenant-read',
    'desk-other-case',
    'capital letters lead around the guard of reports',
    `GET ${one}`,
    'SC-AUTHZ',
  ),
  breaks(
    'cross-tenant-read',
    'desk-rewritten-address',
    'a header with another address leads around the guard of reports',
    `GET ${one}`,
  ),
  breaks(
    'cross-tenant-delete',
    'desk-method-override',
    'a POST that calls itself DELETE is not guarded',
    `DELETE ${one}`,
  ),
  breaks(
    'tenant-data',
    'desk-members-of-any-tenant',
    'the members of any tenant are listed',
    'GET /api/tenants/{tenant}/members',
  ),
  breaks(
    'tenant-data',
    'desk-member-by-id-alone',
    'a member is shown by its id alone',
    'GET /api/tenants/{tenant}/members/{member}',
  ),
  breaks(
    'tenant-data',
    'desk-settings-of-any-tenant',
    'the settings of any tenant are shown',
    'GET /api/tenants/{tenant}/settings',
  ),
  breaks(
    'tenant-data',
    'desk-directory-of-all',
    'the members of all tenants stand in one list',
    'GET /api/tenants/{tenant}/members',
  ),
];
