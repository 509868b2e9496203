import { defineCheck } from '@launch-ready/core';
import { judgeCredential } from './judge-credential.ts';

/** Nothing private is reached without a credential. */
export const anonymousAccess = defineCheck({
  id: 'access/anonymous-access',
  title: 'Nothing private is reached without a credential',
  failureTitle: 'Private data or changes are open to anybody',
  criterion:
    'No operation that is not declared public gives out a planted canary or another private answer, or makes a change that the owner then sees, without a credential; at least four in five such operations were proven.',
  requirements: ['SC-AUTH-COVERAGE', 'SC-AUTHN', 'SC-AUTHZ', 'CK-COVERAGE', 'CK-ROUTES'],
  severity: 'critical',
  how: 'Calls every operation without a credential: reads are searched for canaries that only the owner should see, changes are tried on objects made for the purpose and looked for with the eyes of their owner.',
  why: 'Anybody who learns the address can read or change what belongs to your customers, and automatic scanners learn addresses within hours.',
  needs: ['accessCoverage', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: (evidence, { provenShare }) =>
    judgeCredential(evidence, 'none', { holder: 'without a credential', provenShare }),
  fix: {
    summary: 'Refuse every request without a valid session in one place, and open single routes on purpose.',
    steps: [
      'Put an authentication guard before all routes, and list the public ones by name.',
      'Register a route only together with the permission it needs, so that a forgotten guard cannot be deployed.',
      'Run this review in CI, so that a new open route is seen before it is live.',
    ],
    today: 'Block the open routes at the proxy until the guard is in place.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-306', 'CWE-862'], owaspApi: ['API2:2023', 'API5:2023'], asvs: ['8.2.1', '8.3.1'] },
});
