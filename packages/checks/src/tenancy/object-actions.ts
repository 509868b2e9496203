import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No tenant acts on an object of another. */
export const objectActions = defineCheck({
  id: 'tenancy/object-actions',
  title: 'No tenant archives, publishes or otherwise acts on an object of another',
  failureTitle: 'A tenant acts on an object of another',
  criterion:
    'After attempts of another tenant to act on an object (archive, publish, share, set a state) its owner finds it in the same state, whatever the attempts were answered; every planted kind proven in every direction, and at least four in five trials.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Calls every operation that does something to one object on objects of the other tenant, then reads them as their owner; the same action in the own tenant shows what its effect looks like. Actions that name a member, or reach people or money outside, are not called; one whose effect the owner does not see proves nothing.',
  why: 'Routes beside the ordinary ones are written later and by others, and their owner check is the one that is forgotten.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0.5 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'act', verb: 'acts on', provenShare, plantedShare }),
  fix: {
    summary: 'Authorise the object in every route that acts on it.',
    steps: [
      'Load the object by id and tenant of the session in one place that all routes below it share.',
      'Put the tenant condition into the statement that changes the state, and treat zero changed rows as not found.',
      'Test each action with an object of a second tenant.',
    ],
    today: 'Add the tenant condition to the named operation.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-862'], owaspApi: ['API1:2023', 'API5:2023'], asvs: ['8.2.2', '8.4.1'] },
});
