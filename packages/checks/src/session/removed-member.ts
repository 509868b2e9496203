import { defineCheck } from '@launch-ready/core';
import { eventOptions, judgeSessionEvent } from './judge-session-event.ts';

/** Sessions of somebody who was removed from a tenant. */
export const removedMember = defineCheck({
  id: 'session/removed-member',
  title: 'A removed member sees nothing of the tenant any more',
  failureTitle: 'A removed member still sees data of the tenant',
  criterion:
    'After a member was removed, private reads of the tenant are refused to its sessions and refresh tokens from before.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'SC-AUTHZ', 'CK-SESSION', 'CK-TENANT'],
  severity: 'high',
  how: 'Invites the throw-away account of another tenant, lets it read something that was closed to it before, removes it, and lets the same session try again.',
  why: 'People who leave a company keep their open browser. What it still shows them is what you promised to take away.',
  needs: ['sessionReplay'],
  options: eventOptions,
  evaluate: ({ sessionReplay }, options) =>
    judgeSessionEvent(sessionReplay, 'removal', 'after the member was removed', options),
  fix: {
    summary: 'Check membership on every request, from the database and not from the session or token.',
    steps: [
      'Join the membership in every query of tenant data, so that a deleted one closes everything at once.',
      'Drop lists of tenants from tokens and sessions, or refresh them on removal.',
    ],
    today: 'End all sessions of the people who were removed.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613', 'CWE-639'], owaspApi: ['API1:2023'], asvs: ['8.3.2'] },
});
