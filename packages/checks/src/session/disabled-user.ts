import { defineCheck } from '@launch-ready/core';
import { eventOptions, judgeSessionEvent } from './judge-session-event.ts';

/** Sessions of a user whom an administrator disabled. */
export const disabledUser = defineCheck({
  id: 'session/disabled-user',
  title: 'Disabling a user ends their access',
  failureTitle: 'A disabled user still gets in',
  criterion:
    'After an administrator has disabled an account, its sessions, its refresh tokens and new logins open no private data of the tenant.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'high',
  how: 'An administrator of the tenant disables the throw-away account, whose session and refresh token from before are used for a private read that worked until then. The account is enabled again, and proven to work.',
  why: 'Disabling is what people reach for when somebody leaves in anger or an account is taken over. Minutes count.',
  needs: ['sessionReplay'],
  options: eventOptions,
  evaluate: ({ sessionReplay }, options) =>
    judgeSessionEvent(sessionReplay, 'disable', 'after the account was disabled', options),
  fix: {
    summary:
      'Look at the state of the account on every request and on every refresh, and end its sessions when it is disabled.',
    steps: [
      'Delete the sessions and refresh tokens of an account in the transaction that disables it.',
      'Refuse logins and refreshes of disabled accounts.',
      'Keep a version or time with the account that self-contained tokens must not be older than.',
    ],
    today: 'Delete the sessions of every disabled account by hand, and shorten access tokens to minutes.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613', 'CWE-285'], owaspApi: ['API2:2023'], asvs: ['7.4.2'] },
});
