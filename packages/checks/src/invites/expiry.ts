import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite is refused after its end. */
export const inviteExpiry = defineCheck({
  id: 'invites/expiry',
  title: 'An invite is refused after its end',
  failureTitle: 'An invite works after its end',
  criterion: 'An invite that has expired lets nobody in.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'high',
  how: 'Makes an invite expire through hooks.expireInvite of the target file, and accepts it.',
  why: 'An end that is only written in the mail ends nothing.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'expired', {
      good: 'an expired invite let nobody in',
      bad: 'an expired invite let somebody in',
    }),
  fix: {
    summary: 'Compare the end of the invite with the time of the database on acceptance.',
    steps: ['Put the end into the condition of the statement that takes the invite.'],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
