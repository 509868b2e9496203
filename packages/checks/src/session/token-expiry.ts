import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** Tokens used after the time at which each had to be dead. */
export const tokenExpiry = defineCheck({
  id: 'session/token-expiry',
  title: 'Tokens are dead after their end',
  failureTitle: 'A token works after its end',
  criterion:
    'Tokens that say when they end, of this review by its clock and of earlier reviews, are refused a minute after that.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'high',
  how: 'With a function of the target file that moves the clock of the application, uses fresh tokens a minute after their end, with a new login beside them. Also puts unused tokens away, encrypted, and uses them in a later review of the same target once they are due, for which it needs LAUNCH_READY_VAULT_KEY in the environment.',
  why: 'An end that is only written down protects nobody; whether it is kept shows when it has passed.',
  needs: ['tokenVault'],
  options: {},
  evaluate: ({ tokenVault: { id, trials, because, stated } }) => {
    if (stated === false && trials.length === 0) return { status: 'not-applicable', because, evidence: [id] };
    const tried = trials.filter(({ verdict }) => verdict !== 'pending');
    const [next] = trials
      .filter(({ verdict }) => verdict === 'pending')
      .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
    return judgeTrials({
      record: id,
      trials: tried,
      state: ({ verdict }) => (verdict === 'dead' ? 'good' : verdict === 'alive' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { relation: `${trial.purpose} token`, variant: 'after its end' },
        message: `${trial.because}; it was given out at ${trial.keptAt} and had to be dead by ${trial.dueAt}`,
        actors: [],
      }),
      passed: (good) => `${good} kept ${good === 1 ? 'token is' : 'tokens are'} dead`,
      failed: () => 'a token works after its end',
      untried: next === undefined ? because : `pending until ${next.dueAt}: ${because}`,
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Check the end of every token on the server when it is used.',
    steps: [
      'Compare the stored or signed end with the present time in every route that takes the token.',
      'Delete tokens that are past their end by a scheduled job.',
    ],
    today: 'Delete tokens that are older than they may be.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['7.3.2', '9.2.1'] },
});
