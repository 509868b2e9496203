import { defineCheck, type Gathered } from '@launch-ready/core';
import { judgeTrials, type TrialState } from '../trials/judge-trials.ts';

type Route = Gathered<'rateLimits'>['routes'][number];

/** What a limit does to the people it should protect. */
export const loginRateLimitRecovery = defineCheck({
  id: 'limits/login-rate-limit-recovery',
  title: 'The login limit ends when it says, and hits nobody else',
  failureTitle: 'The login limit locks out the wrong people',
  criterion:
    'After the announced wait the right password works again, and signed-in users are served all the while.',
  requirements: ['SC-RATE', 'CK-RATE'],
  severity: 'medium',
  how: 'Waits as long as the limit says, at most about a minute, logs in with the right password, and asks as another signed-in user meanwhile.',
  why: 'A limit that never ends, or that stops everybody, lets anyone with a list of addresses shut your users out.',
  needs: ['rateLimits'],
  options: {},
  evaluate({ rateLimits }) {
    // A limit that was reached before any guess says nothing of guesses, but may be seen to outlast its word.
    const limited = rateLimits.routes.filter(
      (route) => route.verdict === 'limited' || (route.attempts === 0 && route.recovers === 'no'),
    );
    if (
      limited.length === 0 &&
      rateLimits.routes.length > 0 &&
      rateLimits.routes.every((route) => route.verdict === 'unlimited')
    ) {
      return {
        status: 'not-applicable',
        because: 'no limit was seen that could end',
        evidence: [rateLimits.id],
      };
    }
    return judgeTrials({
      record: rateLimits.id,
      // The wait is tried where the account itself was limited.
      trials: limited.filter((route) => route.series === 'one-account'),
      state,
      finding: (route) => ({
        subject: { operation: route.operation, variant: route.othersServed === 'no' ? 'others' : 'recovery' },
        message:
          route.othersServed === 'no'
            ? `while the series was limited, a signed-in user was no longer served: ${route.because}`
            : `the right password was still refused after the announced wait: ${route.because}`,
        actors: [],
      }),
      passed: () => 'the right password worked after the announced wait, and others were served meanwhile',
      failed: () => 'the limit hits the wrong people',
      untried: rateLimits.routes[0]?.because ?? 'no limit was seen',
      provenShare: 1,
    });
  },
  fix: {
    summary:
      'Let limits end by themselves, say when with Retry-After, and count per account and per address instead of for everybody.',
    steps: [
      'Replace permanent lock-outs by a wait that grows and ends within minutes.',
      'Send Retry-After with every 429, and keep to it.',
      'Count login attempts apart from other requests.',
    ],
    today: 'Shorten the lock-out to a few minutes.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-645'], owaspApi: ['API4:2023'], asvs: ['6.3.1'] },
});

function state(route: Route): TrialState {
  if (route.recovers === 'no' || route.othersServed === 'no') return 'bad';
  return route.recovers === 'yes' && route.othersServed === 'yes' ? 'good' : 'unclear';
}
