import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** A reset ends the sessions from before it. */
export const resetEndsSessions = defineCheck({
  id: 'resets/ends-sessions',
  title: 'A reset ends the sessions from before it',
  failureTitle: 'Sessions survive a reset',
  criterion: 'A session from before a reset is refused after it.',
  requirements: ['SC-AUTHN', 'CK-RESET', 'CK-SESSION'],
  severity: 'high',
  how: 'Opens a session of a throw-away account, resets its password, and uses the session again at once, five and thirty seconds later.',
  why: 'People reset their password because somebody else may be in. A session that survives keeps that somebody in.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['sessions'], {
      good: 'a session from before the reset was refused after it',
      bad: 'a session from before the reset still works',
    }),
  fix: {
    summary: 'End every session of the account in the transaction that sets the password.',
    steps: [
      'Delete the sessions, or count up a number that tokens carry.',
      'End refresh tokens and remembered devices too.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['7.4.3'] },
});
