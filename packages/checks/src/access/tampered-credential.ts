import { defineCheck } from '@launch-ready/core';
import { judgeCredential } from './judge-credential.ts';

/** A changed credential opens nothing. */
export const tamperedCredential = defineCheck({
  id: 'access/tampered-credential',
  title: 'A changed credential opens nothing',
  failureTitle: 'A changed credential is accepted',
  criterion:
    'A credential whose secret part was altered is refused by every operation that is not declared public; at least four in five were proven.',
  requirements: ['SC-AUTH-COVERAGE', 'SC-AUTHN', 'CK-COVERAGE'],
  severity: 'critical',
  how: 'Takes the credential of a signed-in actor, changes its secret part, and calls every operation with it; of many kinds of objects that are refused alike without a credential, every list and three operations of each sort.',
  why: 'When signatures or session ids are not verified, anybody can make a credential for anybody.',
  needs: ['accessCoverage', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: (evidence, { provenShare }) =>
    judgeCredential(evidence, 'tampered', { holder: 'with a tampered credential', provenShare }),
  fix: {
    summary: 'Verify the signature of tokens, or look the whole session id up, on every request.',
    steps: [
      'Use the verifying function of the token library, never the one that only decodes.',
      'Pin the algorithm and the key; refuse tokens without a signature.',
      'Compare session ids whole, by their hash, in constant time.',
    ],
    today: 'Rotate the signing key once verification is in place, so that forged tokens die.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-345', 'CWE-347'], owaspApi: ['API2:2023'], asvs: ['9.1.1', '7.2.1'] },
});
