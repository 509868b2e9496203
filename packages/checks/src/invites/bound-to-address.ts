import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite accepted by an account with another address than the invited one. */
export const boundToAddress = defineCheck({
  id: 'invites/bound-to-address',
  title: 'An invite only lets in the address it was sent to',
  failureTitle: 'An invite lets in whoever holds the link',
  criterion: 'An account with another e-mail address than the invited one cannot accept the invite.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'medium',
  how: 'Invites a fresh address, accepts with an account that has another one, and reads the list of members as the inviter sees it.',
  why: 'A forwarded or leaked link must not be enough to enter the organisation under an identity that the inviter never chose.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'other-account', {
      good: 'an account with another address could not use the invite',
      bad: 'an account with another address joined with the invite',
    }),
  fix: {
    summary: 'Compare the invited address with the verified address of the account that accepts.',
    steps: [
      'Store the invited address in lower case and compare it with the verified address of the signed-in account on acceptance.',
      'Show the invited person which address the invite is for, and offer to sign in with that one.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-863'], owaspApi: ['API2:2023'], asvs: ['8.2.1'] },
});
