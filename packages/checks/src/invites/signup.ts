import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** Signing up is no way around the invite. */
export const inviteSignup = defineCheck({
  id: 'invites/signup',
  title: 'Signing up lets nobody in without the invite to that address',
  failureTitle: 'Signing up lets strangers into an organisation',
  criterion:
    'An account that is opened with an invited address but without the mailed token, or with the token and another address, becomes no member.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'high',
  how: 'Invites addresses that have no account and opens accounts: with the address alone, with the token and another address, and with both, as a control. The list of members decides. Accounts that are opened cannot be removed, so that this is tried in full mode only.',
  why: 'Whoever knows or guesses which address was invited takes its place before its owner has read the mail.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'signup', {
      good: 'accounts that were opened without the invite to their address became no members',
      bad: 'an account that was opened without the invite to its address became a member',
    }),
  fix: {
    summary: 'Let an account join only when it brings the token that was mailed to its own address.',
    steps: [
      'Look the invite up by its token and compare its address with that of the new account.',
      'Match invites by address alone only after that address was confirmed by mail.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-287', 'CWE-862'], owaspApi: ['API2:2023'], asvs: ['6.4.1', '8.2.1'] },
});
