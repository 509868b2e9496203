import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** Accepted claims that were changed under the old signature show that no signature is checked. */
const changedClaims = 'changed claims';

/** Whether a forgery is taken merely since no signature is checked; a common secret is a fault of its own. */
const isUnchecked = ({ variant }: { readonly variant: string }): boolean => variant !== 'common secret';

/** Signed tokens that were made or changed without the key. */
export const tokenForgery = defineCheck({
  id: 'session/token-forgery',
  title: 'Only the server can make a token',
  failureTitle: 'A token that was made without the key is accepted',
  criterion:
    'Tokens with another algorithm, no signature, changed claims, a key of the sender or a key from a word list open nothing that only their owner gets.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION', 'CK-COVERAGE'],
  severity: 'critical',
  how: 'Takes a fresh token apart and makes others from it: without a signature, signed by the public key as if it were a secret, with a key that the token itself carries or, for an application on this machine, points to (jku), with key names that point elsewhere, with signatures of zeros, with changed claims, with common secrets. What takes the key of the server is not tried: another issuer or audience under a right signature. The untouched token must work before and after.',
  why: 'A forged token is a login as anybody, an administrator included, without a password and without a trace.',
  needs: ['tokenForgery'],
  options: {},
  evaluate: ({ tokenForgery: { id, selfContained, because, trials, notTried } }) => {
    if (!selfContained && trials.length === 0) return { status: 'not-applicable', because, evidence: [id] };
    const accepted = trials.filter(({ verdict }) => verdict === 'accepted');
    const unchecked = accepted.find(({ variant }) => variant === changedClaims) ?? null;
    const sameCause = unchecked === null ? [] : accepted.filter(isUnchecked);
    return judgeTrials({
      record: id,
      trials,
      state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'accepted' ? 'bad' : 'unclear'),
      finding: (trial) => {
        const shown = unchecked !== null && isUnchecked(trial) ? unchecked : trial;
        const kinds = new Set(sameCause.map(({ variant }) => variant));
        return {
          subject: { relation: 'forged token', variant: shown.variant },
          message:
            shown === unchecked && kinds.size > 1
              ? `the signature is not checked: ${kinds.size} kinds of forged tokens opened what only their owner gets, twice each: ${[...kinds].join(', ')} (account ${shown.actor})`
              : `${trial.because} (account ${trial.actor})`,
          actors: [trial.actor],
          reproduce: shown.reproduce,
        };
      },
      passed: (good) =>
        `${good} kinds of forged tokens were refused; ${because}${notTried.map(({ variant, because: why }) => `; not tried: ${variant}, since ${why}`).join('')}`,
      failed: () =>
        `${accepted.length} ${accepted.length === 1 ? 'kind of forged token is' : 'kinds of forged tokens are'} accepted`,
      untried: because,
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Verify tokens with one maintained library, one algorithm and one key that you name yourself.',
    steps: [
      'Pass the expected algorithms, issuer and audience to the verification, and never read them from the token.',
      'Ignore `jwk`, `jku`, `x5u` and unknown `kid` of the header.',
      'Sign with a random key of at least 256 bits from the environment, and replace the present one.',
    ],
    today: 'Replace the signing key; every session ends by that.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-347', 'CWE-345'], owaspApi: ['API2:2023'], asvs: ['9.1.1', '9.1.2', '9.1.3'] },
});
