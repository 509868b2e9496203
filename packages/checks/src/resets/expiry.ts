import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** A reset link is refused after its end. */
export const resetExpiry = defineCheck({
  id: 'resets/expiry',
  title: 'A reset link is refused after its end',
  failureTitle: 'A reset link works after its end',
  criterion: 'A reset link that has expired sets no password.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'high',
  how: 'Makes the reset of a throw-away account expire through hooks.expireReset of the target file, and uses it.',
  why: 'An end that is only written in the mail ends nothing.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['expired'], {
      good: 'an expired reset link set no password',
      bad: 'an expired reset link still set a password',
    }),
  fix: {
    summary: 'Compare the end of the token with the time of the database when it is used.',
    steps: ['Put the end into the condition of the statement that takes the token.'],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-613', 'CWE-640'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
