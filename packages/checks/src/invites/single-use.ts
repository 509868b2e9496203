import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite that was accepted, used a second time. */
export const singleUse = defineCheck({
  id: 'invites/single-use',
  title: 'An invite works once',
  failureTitle: 'An invite works more than once',
  criterion: 'After an invite was accepted, nobody joins with it again.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'high',
  how: 'Accepts an invite with one account, then with another, and reads the list of members as the inviter sees it.',
  why: 'An invite link ends up in forwarded mails and chat logs. If it stays good, anybody who finds it joins the organisation.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'second-use', {
      good: 'an invite that was accepted let nobody in a second time',
      bad: 'a used invite let somebody in again',
    }),
  fix: {
    summary: 'Mark the invite as used in the same statement that adds the member.',
    steps: [
      'Update the invite with a condition that it is still unused, and add the member only if a row was changed.',
      'Answer a used invite with 410 or 404, the same as an unknown one.',
    ],
    today: 'Delete accepted invites at once by a trigger or a scheduled statement.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-294', 'CWE-841'], owaspApi: ['API2:2023'], asvs: ['6.5.1'] },
});
