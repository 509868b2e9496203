import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** Reset links lead to the application, whatever the request claims. */
export const resetLinkOrigin = defineCheck({
  id: 'resets/link-origin',
  title: 'Reset links lead to the application, whatever the request claims',
  failureTitle: 'Reset links lead where a request header says',
  criterion:
    'A name that is made up in Host, X-Forwarded-Host or Forwarded does not stand in the link of the mail.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'high',
  how: 'Asks for resets of throw-away accounts with a made-up name in these headers, and reads the links of the mails.',
  why: 'A stranger asks for the reset of somebody else; that person opens a genuine mail, and its link gives the token to the stranger.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['forged-host'], {
      good: 'made-up names did not get into the links of mails',
      bad: 'the link of a mail leads to a name that the request made up',
    }),
  fix: {
    summary: 'Build links from a configured address of the application.',
    steps: [
      'Set the public address in the configuration and use it for every mailed link.',
      'Refuse requests whose Host is not one of yours, and take forwarded names only from your own proxy.',
    ],
    today: 'Let the server in front refuse unknown Host names and drop X-Forwarded-Host.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-640', 'CWE-644'], owaspApi: ['API2:2023'], asvs: ['4.1.3'] },
});
