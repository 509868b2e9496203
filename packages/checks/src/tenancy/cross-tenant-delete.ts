import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No tenant deletes an object of another. */
export const crossTenantDelete = defineCheck({
  id: 'tenancy/cross-tenant-delete',
  title: 'No tenant deletes an object of another',
  failureTitle: 'A tenant deletes an object of another',
  criterion:
    'After attempts of another tenant to delete an object its owner still finds it, whatever the attempts were answered; every planted kind proven in every direction, and at least four in five trials.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Sends deletions to twin objects of the other tenant, then looks for them as their owner, while the second twin shows that the service is healthy. The plain ways are tried by the strongest from both sides, and by a weaker actor from both for the first two kinds and from one for the others; other spellings, other methods and further mixtures of parents from one side of each pair of tenants, kind by kind in turns; methods and content types that the application does not take at all are not tried on every kind.',
  why: 'Anybody with a free account could empty the accounts of paying customers.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0.5 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'delete', verb: 'deletes', provenShare, plantedShare }),
  fix: {
    summary: 'Authorise the object itself before deleting it.',
    steps: [
      'Delete by id and tenant of the session in one statement, and treat zero deleted rows as not found.',
      'Check parents in the path as well as the object.',
      'Keep deleted objects restorable for some days.',
    ],
    today: 'Add the tenant condition to the delete statement of the named operation.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-863'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1'] },
});
