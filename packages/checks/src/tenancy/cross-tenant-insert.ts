import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No tenant creates objects inside another. */
export const crossTenantInsert = defineCheck({
  id: 'tenancy/cross-tenant-insert',
  title: 'No tenant creates objects inside another',
  failureTitle: 'A tenant creates objects inside another',
  criterion:
    "After attempts of another tenant to create objects below a tenant's own, with foreign ids in path or body, the owner finds nothing new; every planted kind proven in every direction, and at least four in five trials.",
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'high',
  how: 'Creates marked objects below foreign parents, by path and by body, then looks for the mark in the lists of the owner. The tenant in the body is tried by both roles, and twice in one body where it is refused; references to foreign objects (as one id, a list, an object, and twice in one body), moves and foreign names from one side of each pair of tenants, kind by kind in turns.',
  why: 'Strangers could post into private spaces, plant links in front of customers, or attach themselves to their records.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0.5 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'insert', verb: 'creates', provenShare, plantedShare }),
  fix: {
    summary: 'Check that the parent belongs to the tenant of the session before creating below it.',
    steps: [
      'Load the parent by id and tenant of the session first.',
      'Use composite foreign keys that start with the tenant, so that the database refuses foreign parents.',
      'Take the tenant of a new row from the session, never from the body.',
    ],
    today: 'Add the parent lookup to the named operation.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-863'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1'] },
});
