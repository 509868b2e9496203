import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** A reset link works once. */
export const resetSingleUse = defineCheck({
  id: 'resets/single-use',
  title: 'A reset link works once',
  failureTitle: 'A reset link works more than once',
  criterion: 'After a new password was set with a reset link, the link sets no other one.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'high',
  how: 'Sets a password of a throw-away account with the token of its mail, tries to set another with the same token, and looks which password logs in.',
  why: 'Reset links lie in mailboxes and browser histories. One that stays good hands over the account to whoever finds it.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['second-use'], {
      good: 'a reset link that was used set no second password',
      bad: 'a used reset link set a password again',
    }),
  fix: {
    summary: 'Mark the token as used in the same statement that sets the password.',
    steps: [
      'Delete the token, or update it with a condition that it is unused, and set the password only if a row was changed.',
      'Answer a used link as an unknown one.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-640', 'CWE-294'], owaspApi: ['API2:2023'], asvs: ['6.4.1', '6.5.1'] },
});
