import { defineCheck } from '@launch-ready/core';
import { judgeCredential } from './judge-credential.ts';

/** An expired credential opens nothing. */
export const expiredCredential = defineCheck({
  id: 'access/expired-credential',
  title: 'An expired credential opens nothing',
  failureTitle: 'An expired credential still works',
  criterion:
    'A session or token whose life has ended is refused by every operation that is not declared public; at least four in five were proven.',
  requirements: ['SC-AUTH-COVERAGE', 'SC-SESSION', 'SC-AUTHN', 'CK-COVERAGE', 'CK-SESSION'],
  severity: 'high',
  how: 'Logs in afresh, lets that session expire (by waiting for a short token or by the hook of the target file), and calls every operation with it; of many kinds of objects that are refused alike without a credential, every list and three operations of each sort.',
  why: 'A copied cookie or token from an old log, backup or device keeps its power for as long as nobody looks at its age.',
  needs: ['accessCoverage', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: (evidence, { provenShare }) =>
    judgeCredential(evidence, 'expired', { holder: 'with an expired credential', provenShare }),
  fix: {
    summary: 'Check the end of life of sessions and tokens on the server, on every request.',
    steps: [
      'Verify the exp claim of tokens, or the expiry of the session record, before anything else.',
      'Use the same verification on every route, including uploads, exports and sockets.',
      'Keep lifetimes short and renew through a refresh that can be revoked.',
    ],
    today: 'Delete session records that are past their end, and shorten the lifetime of new ones.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['7.3.2', '9.2.1'] },
});
