import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** One invite makes one member even in the same instant. */
export const inviteRace = defineCheck({
  id: 'invites/race',
  title: 'One invite makes one member even in the same instant',
  failureTitle: 'One invite makes several memberships in the same instant',
  criterion: 'Of several acceptances of one invite that arrive together, one makes a membership.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'medium',
  how: 'Ends eight acceptances of one fresh invite in the same write, twice, and counts the memberships that the inviter then sees.',
  why: 'What is looked up first and marked as used later lets several requests through between the two: double memberships, double seats, double credits.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'race', {
      good: 'acceptances in the same instant made one membership',
      bad: 'acceptances in the same instant made several memberships',
    }),
  fix: {
    summary: 'Take the invite in one statement that only one request can win.',
    steps: [
      'Update the invite with a condition that it is unused, and add the member only if a row was changed.',
      'Put a unique constraint on organisation and account.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-362', 'CWE-367'], owaspApi: ['API6:2023'], asvs: ['2.3.3', '2.3.4', '6.5.1'] },
});
