import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** A reset token sets the password of its own account only. */
export const resetBoundToAccount = defineCheck({
  id: 'resets/bound-to-account',
  title: 'A reset token sets the password of its own account only',
  failureTitle: 'A reset token sets the password of any account',
  criterion:
    'A token that was mailed to one account does not set the password of another one that the request names.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'critical',
  how: 'Sends the token of one throw-away account with the address of another, and looks whose password logs in.',
  why: 'With it anybody who has an account takes over every other one.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['wrong-account'], {
      good: 'the token of one account left the password of the other as it was',
      bad: 'the token of one account set the password of another',
    }),
  fix: {
    summary: 'Look the account up by the token, never by what the request says.',
    steps: [
      'Store the account beside the token and change that one.',
      'Refuse a request whose address is not that of the token, or leave the address out of it.',
    ],
    today: 'Switch the reset off until it is mended.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-640', 'CWE-639'], owaspApi: ['API2:2023'], asvs: ['6.4.1', '8.2.2'] },
});
