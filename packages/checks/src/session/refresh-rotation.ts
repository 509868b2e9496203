import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** Refresh tokens used once, twice and in parallel. */
export const refreshRotation = defineCheck({
  id: 'session/refresh-rotation',
  title: 'A refresh token works once, and a stolen one is noticed',
  failureTitle: 'A refresh token works more often than once',
  criterion:
    'Each use of a refresh token gives a new one; the old one is refused afterwards and never opens a second chain that lives beside the first, not even when both are used in the same instant; other sessions survive such a collision.',
  requirements: ['SC-SESSION', 'SC-AUTHN', 'CK-SESSION'],
  severity: 'high',
  how: 'Trades a refresh token in, and its successor; uses the old one again, and asks what that gave. A short grace in which the same successor is handed out again is let pass. Then uses one token twice in the same instant.',
  why: 'A refresh token lives for weeks. Whoever copies one has a key that nobody sees being used, unless its second use gives them away.',
  needs: ['refreshTokens'],
  options: {},
  evaluate: ({ refreshTokens }) => {
    const { id, offered, because, trials } = refreshTokens;
    if (!offered) return { status: 'not-applicable', because, evidence: [id] };
    return judgeTrials({
      record: id,
      trials,
      state: ({ verdict }) => (verdict === 'good' ? 'good' : verdict === 'bad' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { relation: 'refresh token', variant: trial.case },
        message: `${trial.because} (account ${trial.actor})`,
        actors: [trial.actor],
        reproduce: trial.reproduce,
        ...(trial.case === 'parallel-lockout' ? { severity: 'medium' } : {}),
      }),
      passed: (good) =>
        `refresh tokens passed ${good} ${good === 1 ? 'trial' : 'trials'}: ${trials.map((one) => one.case).join(', ')}`,
      failed: (findings) => `refresh tokens failed ${findings} ${findings === 1 ? 'trial' : 'trials'}`,
      untried: because,
      provenShare: 1,
    });
  },
  fix: {
    summary:
      'Replace the refresh token at every use in one atomic step, and end the whole family when an old one comes back.',
    steps: [
      'Store refresh tokens hashed, with the family they belong to and whether they were used.',
      'Mark a token as used and insert its successor in one transaction that fails for the second of two.',
      'End the family when a used token comes back; within a few seconds of grace hand out the very same successor instead.',
    ],
    today: 'Shorten the life of refresh tokens to a day.',
    effort: 'days',
  },
  references: { cwe: ['CWE-294', 'CWE-613'], owaspApi: ['API2:2023'], asvs: ['10.4.5'] },
});
