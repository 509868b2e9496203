import { defineCheck } from '@launch-ready/core';
import { eventOptions, judgeSessionEvent } from './judge-session-event.ts';

/** Sessions of a user who lost a role. */
export const downgradedRole = defineCheck({
  id: 'session/downgraded-role',
  title: 'Taking a role away takes its rights from open sessions',
  failureTitle: 'An open session keeps the rights of a role that was taken away',
  criterion:
    'After a strong role was taken from an account, what only that role may do is refused to sessions and refresh tokens from before, while the account lives on.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'SC-AUTHZ', 'CK-SESSION'],
  severity: 'high',
  how: 'An administrator gives the throw-away account a strong role, a session is opened that can do what was denied before, the role is taken back, and that session tries again.',
  why: 'Whoever was an administrator in the morning stays one until the token runs out, and the list of members says otherwise.',
  needs: ['sessionReplay'],
  options: eventOptions,
  evaluate: ({ sessionReplay }, options) =>
    judgeSessionEvent(sessionReplay, 'downgrade', 'after the role was taken away', options),
  fix: {
    summary:
      'Read the role from the database on every request, or end the sessions of an account when its role changes.',
    steps: [
      'Take the role out of session records and tokens, or treat it there as a hint only.',
      'Look the present role up where the right is checked, and when a token is refreshed.',
      'End the sessions of an account, or raise its token version, whenever its role changes.',
    ],
    today: 'Sign people out by hand after their role was changed.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613', 'CWE-269'], owaspApi: ['API5:2023'], asvs: ['8.3.2'] },
});
