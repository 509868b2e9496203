import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite is accepted as it was made. */
export const inviteAcceptedAsMade = defineCheck({
  id: 'invites/accepted-as-made',
  title: 'An invite is accepted as it was made',
  failureTitle: 'Whoever accepts an invite chooses its role or address',
  criterion: 'Role and address written into the request that accepts an invite have no effect.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'high',
  how: 'Accepts an invite with a stronger role in the request, and one for another address with that address in the request, and reads the list of members.',
  why: 'The inviter chose who enters and as what. A request that can say otherwise makes every guest an administrator.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'edited', {
      good: 'role and address in the request that accepts had no effect',
      bad: 'role or address in the request that accepts took effect',
    }),
  fix: {
    summary: 'Take role, address and organisation from the stored invite alone.',
    steps: [
      'Accept the token and nothing else in that request.',
      'Take the address from the signed-in account.',
    ],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-915', 'CWE-269'], owaspApi: ['API3:2023'], asvs: ['8.2.2', '15.3.3'] },
});
