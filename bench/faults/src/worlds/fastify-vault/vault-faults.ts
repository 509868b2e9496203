import type { WorldFault } from '../world.ts';

const across = (
  check: 'read' | 'list',
  id: string,
  title: string,
  operation: string,
  family = 'CK-TENANT',
): WorldFault => ({
  id,
  family,
  title,
  expects: { check: `tenancy/cross-tenant-${check}`, place: { operation } },
});

/** Ways to break the vault: what leaks, leaks in another shape than it was put in. */
export const vaultFaults: readonly WorldFault[] = [
  across(
    'read',
    'vault-content-by-id-alone',
    'the content of a file is given out by its id alone, in UTF-16',
    'GET /api/files/{file}/content',
    'SC-AUTHZ',
  ),
  across(
    'read',
    'vault-header-names-contact',
    'a foreign contact is answered 404 with its name in base64 in a header',
    'GET /api/contacts/{contact}',
    'SC-AUTHZ',
  ),
  across('list', 'vault-export-holds-all', 'a compressed export holds all tenants', 'GET /api/export'),
  across('list', 'vault-report-shows-all', 'a report in PDF shows all tenants', 'GET /api/report'),
  across(
    'list',
    'vault-phonebook-of-all',
    'a list of bare telephone numbers is of all tenants',
    'GET /api/phonebook',
  ),
  across(
    'read',
    'vault-mail-to-all-admins',
    'a mail about a new contact goes to the admins of every tenant',
    'POST /api/contacts',
  ),
  {
    id: 'vault-content-without-login',
    family: 'SC-AUTHZ',
    title: 'the content of a file is given out without a login',
    expects: {
      check: 'access/anonymous-access',
      place: { operation: 'GET /api/files/{file}/content' },
    },
  },
];
