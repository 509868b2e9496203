import { defineCheck } from '@launch-ready/core';
import { judgeInviteCase } from './judge-invite-case.ts';

/** An invite link that is only looked at, as mail scanners do. */
export const safeMethod = defineCheck({
  id: 'invites/safe-method',
  title: 'Looking at an invite link does not use it up',
  failureTitle: 'Looking at an invite link accepts or uses up the invite',
  criterion: 'GET and HEAD of an invite link add no member and leave the invite usable.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'medium',
  how: 'Fetches the link of an invite with GET and HEAD, reads the list of members, and then accepts the invite the intended way.',
  why: 'Mail scanners and previews open every link before the person does. An invite used up by looking is broken for the invited, or accepted by nobody.',
  needs: ['inviteReplay'],
  options: {},
  evaluate: ({ inviteReplay }) =>
    judgeInviteCase(inviteReplay, 'safe-method', {
      good: 'the invite still worked after its link was fetched, and nobody had joined by that',
      bad: 'fetching the link of an invite used it',
    }),
  fix: {
    summary: 'Show a page on GET and accept only on POST.',
    steps: [
      'Answer GET with a page that names the organisation and the invited address and changes nothing.',
      'Accept on a POST that the person sends by pressing a button.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-650'], owaspApi: ['API2:2023'], asvs: ['6.5.1'] },
});
