import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** The page behind a mailed link keeps the token in it to itself. */
export const linkPage = defineCheck({
  id: 'mailed-tokens/link-page',
  title: 'The page of a mailed link tells its token to nobody else',
  failureTitle: 'The page of a mailed link tells its token to another site',
  criterion:
    'What the link of an invite or a reset opens neither leads on to another site with the token, nor loads from one under a referrer policy that tells the whole address.',
  requirements: ['SC-AUTHN', 'SC-INVITE'],
  severity: 'medium',
  how: 'Fetches the link of a mail and reads where it leads, what the page loads from other sites, and its referrer policy (header, meta tag, attributes). What scripts of the page do is not looked at; a page without a policy is judged as browsers of today treat it.',
  why: 'The operators of every site that a page loads from can take over the account before its owner has chosen a password.',
  needs: ['inviteReplay', 'resetReplay'],
  options: {},
  evaluate({ inviteReplay, resetReplay }) {
    const gap = [...resetReplay.notTested, ...inviteReplay.notTested].find((one) => one.case === 'link-page');
    const invites = inviteReplay.trials.map((one) => ({ ...one, actor: one.inviter, relation: 'invite' }));
    const resets = resetReplay.trials.map((one) => ({ ...one, relation: 'reset' }));
    return judgeTrials({
      record: resetReplay.id,
      trials: [...invites, ...resets].filter((one) => one.case === 'link-page'),
      state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'accepted' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { relation: trial.relation },
        message: `the link of an ${trial.relation === 'reset' ? 'address to choose a new password' : 'invite'} gives its token away: ${trial.because}`,
        actors: [trial.actor],
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} ${good === 1 ? 'page' : 'pages'} behind mailed links told the token to nobody`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'page tells' : 'pages tell'} the token of a mailed link to another site`,
      untried: gap?.because ?? 'no mailed link was fetched',
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Keep the token out of addresses that other sites can see.',
    steps: [
      'Put the token behind # in the link, which browsers never send, and post it from the page.',
      'Answer such pages with `Referrer-Policy: no-referrer`, and load nothing from other sites.',
    ],
    today: 'Set `Referrer-Policy: no-referrer` for these pages.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-598', 'CWE-200'], owaspApi: [], asvs: ['14.2.1'] },
});
