import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No tenant changes an object of another. */
export const crossTenantUpdate = defineCheck({
  id: 'tenancy/cross-tenant-update',
  title: 'No tenant changes an object of another',
  failureTitle: 'A tenant changes an object of another',
  criterion:
    'After attempts of another tenant to change an object its owner reads it unchanged, whatever the attempts were answered; every planted kind proven in every direction, and at least four in five trials.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Sends changes with a mark of the attacker to objects of the other tenant, then reads them as their owner; a mark that the owner sees is a finding, on two fresh objects in a row. The plain ways are tried by the strongest from both sides, and by a weaker actor from both for the first two kinds and from one for the others; other spellings, other methods and further mixtures of parents from one side of each pair of tenants, kind by kind in turns; methods and content types that the application does not take at all are not tried on every kind.',
  why: 'Silent changes by strangers destroy the trust in every record, and nobody notices until a customer does.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0.5 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'update', verb: 'changes', provenShare, plantedShare }),
  fix: {
    summary: 'Authorise the object itself before changing it, not only the role.',
    steps: [
      'Load the object by id and tenant of the session, and answer 404 before anything is changed.',
      'Put the tenant condition into the update statement too, and treat zero changed rows as not found.',
      'Make the refusal come before the effect: a 403 after the write is still a write.',
    ],
    today: 'Add the tenant condition to the update statement of the named operation.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-863'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1'] },
});
