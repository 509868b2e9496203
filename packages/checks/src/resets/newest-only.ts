import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** A reset link dies when it is superseded. */
export const resetNewestOnly = defineCheck({
  id: 'resets/newest-only',
  title: 'A reset link dies when it is superseded',
  failureTitle: 'An old reset link outlives what superseded it',
  criterion: 'A reset link is refused once a newer one was sent, and once the password was changed.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'medium',
  how: 'Asks for two resets of a throw-away account and uses the first; asks for another, changes the password by hand, and uses it then. The password that logs in decides.',
  why: 'Somebody who suspects a theft changes the password or asks for a new link. A link that survives this gives the thief the account back.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['replaced', 'after-password-change'], {
      good: 'links from before a newer one or a changed password set no password',
      bad: 'a superseded reset link still set a password',
    }),
  fix: {
    summary:
      'End all open reset tokens of an account when a new one is made and whenever its password changes.',
    steps: [
      'Delete the tokens of the account in the statement that stores a new one.',
      'Delete them as well when the password is changed in any way.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-640'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
