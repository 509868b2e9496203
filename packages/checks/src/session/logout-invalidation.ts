import { defineCheck } from '@launch-ready/core';
import { eventOptions, judgeSessionEvent } from './judge-session-event.ts';

/** A credential used again after its owner logged out. */
export const logoutInvalidation = defineCheck({
  id: 'session/logout-invalidation',
  title: 'Logging out ends the session on the server',
  failureTitle: 'A session lives on after logging out',
  criterion:
    'After logging out, here or everywhere, the session and the refresh token used before are refused, five seconds later at the latest.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'high',
  how: 'Logs in afresh, keeps a copy of the credential, logs out through the application, and asks with the copy for something that only a signed-in user gets; trades its refresh token in. With an operation that logs out everywhere, a second session of a throw-away account is tried as well. What a self-contained token still lives by itself is measured.',
  why: 'Whoever copied a cookie or token, on a shared computer or from a backup, stays signed in after the owner believes to have left.',
  needs: ['sessionReplay'],
  options: eventOptions,
  evaluate: ({ sessionReplay }, options) =>
    judgeSessionEvent(sessionReplay, ['logout', 'logout-everywhere'], 'after logging out', options),
  fix: {
    summary: 'Delete or revoke the session on the server when the user logs out.',
    steps: [
      'Keep a session record on the server, or a list of revoked token ids, and look it up on every request.',
      'Delete that record, with its refresh tokens, in the logout route before answering.',
      'Clear the cookie in the same answer with the attributes it was set with.',
    ],
    today: 'Shorten the life of access tokens to minutes, so that a copied one dies soon.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['7.4.1'] },
});
