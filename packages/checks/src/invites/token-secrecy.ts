import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** Open invites show their token to nobody else. */
export const inviteTokenSecrecy = defineCheck({
  id: 'invites/token-secrecy',
  title: 'Open invites show their token to nobody else',
  failureTitle: 'Members find tokens of invites for others',
  criterion: 'The list of invites holds no token when a member with the weakest role asks for it.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'medium',
  how: 'Makes an invite and reads the list of invites as the account with the weakest role.',
  why: 'A member who finds the token lets in whom they like, or enters again as somebody else.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'shown', {
      good: 'the list of invites shows no token to members',
      bad: 'the list of invites shows tokens to members',
    }),
  fix: {
    summary: 'Leave tokens out of every answer but the one that made the invite, or store their hash alone.',
    steps: [
      'Store a hash of the token, so that no list can show it.',
      'Let only those who may invite read the list.',
    ],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-200'], owaspApi: ['API3:2023'], asvs: ['8.2.3'] },
});
