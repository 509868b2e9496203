import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No list, feed or search shows objects of another tenant. */
export const crossTenantList = defineCheck({
  id: 'tenancy/cross-tenant-list',
  title: 'No list, feed or search shows objects of another tenant',
  failureTitle: 'A list, feed or search shows objects of another tenant',
  criterion:
    'No canary of a freshly made object turns up in a list, feed or search answered to an actor of another tenant, in its own lists or with foreign values in path and query; every planted kind proven in every direction, and at least four in five trials.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Asks for lists, feeds and searches as actors of the other tenant, with their own values, with foreign parents and tenants in path and query, and by searching for a word of a foreign object. Later pages are followed where a list gives them; tables, undocumented tenant headers, cookies and host names, a cookie of the session that names the tenant, and the address of the other tenant where the target file gives it are tried on the first kinds from each side; lists of what was deleted at the end.',
  why: 'A list without its tenant condition gives away everything at once, without any id to guess.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0.5 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'list', verb: 'lists', provenShare, plantedShare }),
  fix: {
    summary: 'Scope every list, feed, search and export by the tenant of the session.',
    steps: [
      'Put the tenant condition into the base query that all lists are built on.',
      'Ignore or refuse tenant and parent ids of the request that are not those of the session.',
      'Give the search index a mandatory tenant filter.',
    ],
    today: 'Switch the named list off, or filter it by tenant before answering.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-863'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1'] },
});
