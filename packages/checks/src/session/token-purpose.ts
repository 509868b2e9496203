import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** Tokens of one purpose used for another. */
export const tokenPurpose = defineCheck({
  id: 'session/token-purpose',
  title: 'A token works for its own purpose only',
  failureTitle: 'A token of one purpose is taken for another',
  criterion: 'Refresh and identity tokens are refused as access tokens, and access tokens as refresh tokens.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'medium',
  how: 'Uses each token that a login gives out where another one belongs, and counts it only when it opens what nobody gets, or gives a session that does.',
  why: 'A refresh token that opens the API has the life of a refresh token and none of its protection.',
  needs: ['tokenLife'],
  options: {},
  evaluate: ({ tokenLife: { id, purposes, notTested } }) => {
    const gap = notTested.find(({ what }) => what === 'purposes');
    if (purposes.length === 0 && gap?.absent === true)
      return { status: 'not-applicable', because: gap.because, evidence: [id] };
    return judgeTrials({
      record: id,
      trials: purposes,
      state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'accepted' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { relation: `${trial.token} token`, variant: `as ${trial.usedAs} token` },
        message: trial.because,
        actors: [trial.actor],
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} ${good === 1 ? 'token was' : 'tokens were'} refused outside of their purpose`,
      failed: () => 'a token works outside of its purpose',
      untried: gap?.because ?? 'no token was tried for another purpose',
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Write the purpose into every token and check it where the token is used.',
    steps: [
      'Give access, refresh, identity, reset and invite tokens different types (`typ` or a claim) and audiences.',
      'Refuse a token whose type is not the one that this route takes.',
    ],
    today: 'Sign each kind of token with a key of its own.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-345', 'CWE-287'], owaspApi: ['API2:2023'], asvs: ['9.2.2', '9.2.3'] },
});
