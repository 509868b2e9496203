import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite that was replaced is dead. */
export const inviteNewestOnly = defineCheck({
  id: 'invites/newest-only',
  title: 'An invite that was replaced is dead',
  failureTitle: 'An invite that was replaced still works',
  criterion: 'Where a newer invite takes the place of an older one, the older one lets nobody in.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'medium',
  how: 'Makes two invites for one address. Where the list then shows the newer one alone, or says that the older one is over, the older one is accepted. Applications that keep both are not judged.',
  why: 'Whoever sends a new invite because the first went astray believes that the first is dead.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'replaced', {
      good: 'an invite that a newer one had replaced let nobody in',
      bad: 'an invite that a newer one had replaced let somebody in',
    }),
  fix: {
    summary: 'End the older invite in the statement that makes the newer one.',
    steps: ['Mark or delete open invites for the same address and organisation when a new one is made.'],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
