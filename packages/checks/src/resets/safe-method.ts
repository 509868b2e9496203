import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** Looking at a reset link does not use it up. */
export const resetSafeMethod = defineCheck({
  id: 'resets/safe-method',
  title: 'Looking at a reset link does not use it up',
  failureTitle: 'Looking at a reset link uses it up',
  criterion: 'GET and HEAD of a reset link leave it as it was.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'low',
  how: 'Fetches the link of a mail with HEAD and GET as mail scanners do, and uses its token afterwards.',
  why: 'Scanners and previews open links before people do. A link that dies of it locks people out of their accounts.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['safe-method'], {
      good: 'a link that was looked at could still be used',
      bad: 'a link that was looked at could not be used any more',
    }),
  fix: {
    summary: 'Use the token only in the request that sends the new password.',
    steps: ['Show the form on GET without touching the token.', 'Take the token when the form is sent.'],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-650'], owaspApi: [], asvs: ['6.4.1'] },
});
