import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No tenant reads an object of another. */
export const crossTenantRead = defineCheck({
  id: 'tenancy/cross-tenant-read',
  title: 'No tenant reads an object of another',
  failureTitle: 'A tenant reads an object of another',
  criterion:
    'No canary of a freshly made object reaches an actor of another tenant through any operation that reads one, whatever the status; every planted kind proven in every direction, and at least four in five trials.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Plants marked objects in each tenant, asks for them as the strongest and the weakest actor of the other with the ids swapped, and searches every byte of every answer for the marks. The strongest reads each kind from both sides, the weaker one the first two kinds from both sides and the others from one; other spellings, what lies below an object and whether an id exists are tried from one side of each pair of tenants, kind by kind in turns. What the router or a cache decides for all kinds alike (slashes, case, other methods, kept answers, cookies and host names of another tenant) is tried on the first two, and on the others where these take it. Results of work in the background are asked for by whoever did not start it.',
  why: 'One changed id in an address shows one customer the data of another, and every customer can try it.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0.5 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'read', verb: 'reads', provenShare, plantedShare }),
  fix: {
    summary: 'Look every object up by its id and the tenant of the session together.',
    steps: [
      'Add the tenant of the session to the where clause of every lookup, in the query layer and not in each route.',
      'Check that the object belongs to the parents named in the path.',
      'Answer an object of somebody else exactly as one that does not exist.',
      'Let the database enforce it as well, with row-level security.',
    ],
    today: 'Add the tenant condition to the named operation and deploy it alone.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-863'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1'] },
});
