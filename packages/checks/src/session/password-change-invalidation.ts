import { defineCheck } from '@launch-ready/core';
import { eventOptions, judgeSessionEvent } from './judge-session-event.ts';

/** Other sessions of an account after its password was changed. */
export const passwordChangeInvalidation = defineCheck({
  id: 'session/password-change-invalidation',
  title: 'Changing the password ends all other sessions',
  failureTitle: 'Other sessions live on after the password was changed',
  criterion:
    'After a password change in one session, every other session and refresh token of the account is refused, five seconds later at the latest.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'high',
  how: 'Opens two sessions of a throw-away account, changes the password in one of them, proves the new password by a login, and asks with the other session for something that only a signed-in user gets. The old password is put back.',
  why: 'People change a password because somebody else may be inside. If that visitor stays signed in, the change did nothing.',
  needs: ['sessionReplay'],
  options: eventOptions,
  evaluate: ({ sessionReplay }, options) =>
    judgeSessionEvent(sessionReplay, 'password-change', 'after the password was changed', options),
  fix: {
    summary:
      'End every other session and refresh token of the account in the same transaction that stores the new password.',
    steps: [
      'Delete all session records of the account but the current one when the password changes, and all of them on a reset.',
      'Store the time of the change with the account and refuse self-contained tokens issued before it.',
      'Tell the account holder by mail that the password was changed.',
    ],
    today: 'Offer a button that signs out all devices, and name it in the mail about the change.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['7.4.3'] },
});
