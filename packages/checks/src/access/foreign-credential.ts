import { defineCheck } from '@launch-ready/core';
import { judgeCredential } from './judge-credential.ts';

/** A credential opens only the account it was issued to. */
export const foreignCredential = defineCheck({
  id: 'access/foreign-credential',
  title: 'A credential opens only the account it was issued to',
  failureTitle: 'A credential is answered about another account',
  criterion:
    'Operations that answer about whoever asks never answer one user about another, and those whose body names an account change no other than the own one; at least four in five such operations were proven.',
  requirements: ['SC-AUTH-COVERAGE', 'SC-AUTHZ', 'CK-COVERAGE'],
  severity: 'critical',
  how: 'Calls what answers about oneself (profile, sessions, notifications, settings) as two users, and looks for the account name of the first in the answer to the second. Lets one throw-away account name another in the body of a change, and lets that one look.',
  why: 'A cache or a default that mixes accounts up shows one customer the data of another.',
  needs: ['accessCoverage', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: (evidence, { provenShare }) =>
    judgeCredential(evidence, 'other-user', { holder: 'with the credential of another user', provenShare }),
  fix: {
    summary: 'Take the account from the verified session alone, and never share answers between accounts.',
    steps: [
      'Read the user id from the session, not from the address, the body or a global.',
      'Send Cache-Control: no-store on answers to signed-in users, and key server caches by account.',
      'Test the route with two accounts at the same time.',
    ],
    today: 'Turn off shared caching for signed-in users.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-524'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '14.3.2'] },
});
