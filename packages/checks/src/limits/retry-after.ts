import { defineCheck, type Gathered } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type Route = Gathered<'rateLimits'>['routes'][number];

/** What a limit says of its end to whoever it stops. */
export const retryAfter = defineCheck({
  id: 'limits/retry-after',
  title: 'A limit says when it ends',
  failureTitle: 'A limit does not say when it ends',
  criterion:
    'An answer with 429 says by Retry-After, or by RateLimit fields, how many seconds or until when to wait, and that is an hour at most.',
  requirements: ['SC-RATE', 'CK-RATE'],
  severity: 'low',
  how: 'Reads Retry-After, as a number of seconds or as a date, and the RateLimit fields of the 429 that ended the wrong passwords.',
  why: 'Programs that are not told when to come back try at once, again and again; people believe that they are locked out.',
  needs: ['rateLimits'],
  options: { longestSeconds: 3600 },
  evaluate({ rateLimits }, { longestSeconds }) {
    // What a GraphQL answer says in its errors is no status of HTTP, and has no header.
    const limited = rateLimits.routes.filter(
      ({ limitedBy, operation }) => limitedBy === '429' && !operation.includes('~/'),
    );
    if (limited.length === 0 && rateLimits.routes.some(({ verdict }) => verdict !== 'inconclusive'))
      return {
        status: 'not-applicable',
        because: 'no limit answered with 429',
        evidence: [rateLimits.id],
      };
    const isGood = ({ retryAfterSeconds: seconds }: Route): boolean =>
      seconds !== null && seconds <= longestSeconds;
    return judgeTrials({
      record: rateLimits.id,
      trials: limited,
      state: (route) => (isGood(route) ? 'good' : 'bad'),
      finding: ({ operation, retryAfterSeconds: seconds }) => ({
        subject: { operation },
        message:
          seconds === null
            ? `${operation} answers 429 without a Retry-After that can be read`
            : `${operation} answers 429 and asks to wait ${Math.ceil(seconds / 60)} minutes`,
        actors: [],
      }),
      passed: () =>
        `the limit says when it ends: after ${limited.map(({ retryAfterSeconds: seconds }) => `${Math.ceil(seconds ?? 0)} s`).join(', ')}`,
      failed: () => 'a limit does not say when it ends',
      untried: rateLimits.routes[0]?.because ?? 'no limit was seen',
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Send Retry-After with every 429: a number of seconds, or a date (RFC 9110, section 10.2.3).',
    steps: ['Add Retry-After with the seconds that are left to the answer of the limit.'],
    today: 'Add Retry-After to the answer of the limit.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-799'], owaspApi: ['API4:2023'], asvs: ['6.3.1'] },
});
