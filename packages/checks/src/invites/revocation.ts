import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite used after its inviter took it back. */
export const revocation = defineCheck({
  id: 'invites/revocation',
  title: 'A revoked invite lets nobody in',
  failureTitle: 'A revoked invite still lets somebody in',
  criterion: 'After an invite was revoked, nobody joins with it.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'high',
  how: 'Invites a fresh address, revokes the invite, tries to accept it, and reads the list of members as the inviter sees it.',
  why: 'Revoking is how an admin corrects a wrong address. If it has no effect, a stranger keeps a key.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'revoked', {
      good: 'a revoked invite let nobody in',
      bad: 'a revoked invite let somebody in',
    }),
  fix: {
    summary: 'Look the invite up when it is accepted and refuse one that was revoked.',
    steps: [
      'Delete the invite or set its time of revocation, and read that state inside the accepting transaction.',
      'Stop using self-contained invite tokens that are checked by signature alone.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
