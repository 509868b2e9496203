import { defineCheck, type Gathered } from '@launch-ready/core';
import { judgeTrials, type TrialState } from '../trials/judge-trials.ts';

type Route = Gathered<'rateLimits'>['routes'][number];

/** Guessing of passwords in a row. */
export const loginRateLimit = defineCheck({
  id: 'limits/login-rate-limit',
  title: 'Guessing passwords is slowed down',
  failureTitle: 'Passwords can be guessed without being slowed down',
  criterion:
    'Wrong passwords for one account are stopped after at most twice the allowed attempts a minute, and a burst over many accounts from one address is stopped too.',
  requirements: ['SC-RATE', 'CK-RATE'],
  severity: 'high',
  how: 'Sends plausible wrong passwords in a row, for a throw-away account and for invented ones, until it is stopped or a set number is reached. A lock-out counts as a stop even when its status is not 429: the right password is tried afterwards.',
  why: 'Lists of leaked passwords are tried against every login on the internet. Without a limit, thousands of guesses a minute are free.',
  needs: ['rateLimits'],
  options: {
    attemptsPerMinute: 5,
    // A fixed window lets through up to two windows' worth of attempts around its edge without being wrong.
    tolerance: 2,
  },
  evaluate({ rateLimits }, options) {
    const allowed = (route: Route): number =>
      options.attemptsPerMinute * options.tolerance * Math.max(1, Math.ceil(route.seconds / 60));
    const state = (route: Route): TrialState => {
      if (route.verdict === 'inconclusive') return 'unclear';
      if (route.verdict === 'unlimited') return 'bad';
      const tooLate =
        route.series === 'one-account' && route.limitedAfter !== null && route.limitedAfter > allowed(route);
      return tooLate ? 'bad' : 'good';
    };
    return judgeTrials({
      record: rateLimits.id,
      trials: rateLimits.routes.filter((route) => route.route === 'login'),
      state,
      finding: (route) => ({
        subject: { operation: route.operation, variant: route.series },
        message:
          route.verdict === 'unlimited'
            ? `${route.attempts} wrong passwords (${words[route.series]}) in ${route.seconds.toFixed(1)} s, and never stopped`
            : `${route.limitedAfter ?? 0} wrong passwords (${words[route.series]}) were let through before the limit; ${options.attemptsPerMinute} a minute are allowed`,
        actors: [],
        reproduce: route.reproduce ?? null,
        severity: route.verdict === 'unlimited' && route.series === 'one-account' ? 'high' : 'medium',
      }),
      passed: () =>
        `wrong passwords are stopped: ${rateLimits.routes.map((route) => `${words[route.series]} after ${route.limitedAfter ?? 0}`).join(', ')}`,
      failed: () => 'wrong passwords in a row are not stopped in time',
      untried: 'no login could be tried',
      provenShare: 1,
    });
  },
  fix: {
    summary:
      'Count failed logins per account and per client address in a shared store, and answer 429 with Retry-After above the limit.',
    steps: [
      'Count attempts per account name and per address in the database or Redis, before the password is compared.',
      'Answer 429 with Retry-After above five attempts a minute.',
      'Take the client address from a header only when your own proxy has set it.',
    ],
    today: 'Add a rate rule for the login path at the edge (Cloudflare, nginx).',
    effort: 'hours',
  },
  references: { cwe: ['CWE-307', 'CWE-799'], owaspApi: ['API2:2023', 'API4:2023'], asvs: ['6.3.1'] },
});

const words: Readonly<Record<Route['series'], string>> = {
  'one-account': 'one account',
  'many-accounts': 'many accounts',
};
