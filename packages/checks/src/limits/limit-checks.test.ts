import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { forgedClientAddress } from './forged-client-address.ts';
import { loginRateLimitRecovery } from './login-rate-limit-recovery.ts';
import { loginRateLimit } from './login-rate-limit.ts';
import { mailRateLimit } from './mail-rate-limit.ts';
import { retryAfter } from './retry-after.ts';

type Route = Gathered<'rateLimits'>['routes'][number];
const route = (part: Partial<Route> = {}): Route => ({
  route: 'login',
  operation: 'POST /login',
  series: 'one-account',
  attempts: 6,
  seconds: 2,
  limitedAfter: 5,
  limitedBy: '429',
  retryAfterSeconds: 60,
  recovers: 'yes',
  othersServed: 'yes',
  verdict: 'limited',
  because: 'seen',
  exchanges: ['x1'],
  ...part,
});
const many = (part: Partial<Route> = {}): Route =>
  route({ series: 'many-accounts', recovers: 'not-waited', othersServed: 'not-tried', ...part });
const unlimited = { verdict: 'unlimited', limitedAfter: null, limitedBy: null, attempts: 40 } as const;

const judgeLimit = (
  routes: readonly Route[],
  options: { attemptsPerMinute: number; tolerance: number } = loginRateLimit.options,
) => loginRateLimit.evaluate({ rateLimits: { id: 'e1', routes } }, options);

describe('login limit', () => {
  test.each([
    ['pass', 'both series limited', [route(), many()]],
    ['pass', 'a lock-out without 429', [route({ limitedBy: 'lockout', limitedAfter: 10 }), many()]],
    ['pass', 'another status than 429', [route({ limitedBy: 'other-status' }), many()]],
    ['pass', 'two windows of a fixed-window limit', [route({ limitedAfter: 10 }), many()]],
    ['pass', 'many accounts limited later than one', [route(), many({ limitedAfter: 20 })]],
    ['fail', 'no limit for one account', [route(unlimited), many()]],
    ['fail', 'no limit for many accounts', [route(), many(unlimited)]],
    ['fail', 'a limit that comes too late', [route({ limitedAfter: 11 }), many()]],
    ['unknown', 'a series that broke off', [route({ verdict: 'inconclusive' }), many()]],
    ['unknown', 'no series', []],
  ] as const)('%s on %s', (status, _, routes) => expect(judgeLimit(routes).status).toBe(status));

  test('the allowed number is an option', () => {
    expect(
      judgeLimit([route({ limitedAfter: 20 }), many()], { attemptsPerMinute: 10, tolerance: 2 }).status,
    ).toBe('pass');
  });
});

const judgeRecovery = (routes: readonly Route[]) =>
  loginRateLimitRecovery.evaluate({ rateLimits: { id: 'e1', routes } }, loginRateLimitRecovery.options);

describe('recovery', () => {
  test.each([
    ['pass', 'the right password after the wait, others served', [route(), many()]],
    ['fail', 'the right password refused after the wait', [route({ recovers: 'no' })]],
    ['fail', 'others not served', [route({ othersServed: 'no' })]],
    ['unknown', 'a wait that was too long', [route({ recovers: 'not-waited' })]],
    ['unknown', 'nobody else to ask', [route({ othersServed: 'not-tried' })]],
    ['unknown', 'nothing', []],
    ['unknown', 'a series that broke off', [route({ verdict: 'inconclusive' })]],
    ['not-applicable', 'no limit at all', [route(unlimited), many(unlimited)]],
  ] as const)('%s on %s', (status, _, routes) => expect(judgeRecovery(routes).status).toBe(status));
});

type Evasion = NonNullable<Gathered<'rateLimits'>['evasions']>[number];
const evasion = (verdict: Evasion['verdict'], part: Partial<Evasion> = {}): Evasion => ({
  operation: 'POST /login',
  series: 'one-account',
  kind: 'client-address',
  variant: 'x-forwarded-for',
  verdict,
  because: 'seen',
  exchanges: ['x1'],
  ...part,
});
const judgeEvasions = (
  evasions: readonly Evasion[] | undefined,
  routes: readonly Route[] = [route(), many()],
) =>
  forgedClientAddress.evaluate(
    { rateLimits: { id: 'e1', routes, ...(evasions === undefined ? {} : { evasions }) } },
    forgedClientAddress.options,
  );

describe('ways around the limit', () => {
  test.each([
    ['pass', 'all were stopped', [evasion('held')]],
    ['fail', 'one was not', [evasion('held'), evasion('evaded', { variant: 'forwarded' })]],
    ['unknown', 'one told nothing', [evasion('inconclusive')]],
    ['unknown', 'none was tried', undefined],
  ] as const)('%s when %s', (status, _, evasions) => expect(judgeEvasions(evasions).status).toBe(status));

  test('do not exist where there is no limit', () =>
    expect(judgeEvasions(undefined, [route(unlimited), many(unlimited)]).status).toBe('not-applicable'));
});

describe('retry-after', () => {
  const judge = (...routes: readonly Route[]) =>
    retryAfter.evaluate({ rateLimits: { id: 'e1', routes } }, retryAfter.options).status;
  test.each([
    ['pass', 'seconds that can be read', [route()]],
    ['fail', 'nothing that can be read', [route({ retryAfterSeconds: null })]],
    ['fail', 'a day', [route({ retryAfterSeconds: 86_400 })]],
    ['not-applicable', 'a lock-out without 429', [route({ limitedBy: 'lockout', retryAfterSeconds: null })]],
    [
      'not-applicable',
      'an error of GraphQL, which has no headers',
      [route({ operation: 'POST /graphql~/login', retryAfterSeconds: null })],
    ],
    ['unknown', 'a series that broke off', [route({ limitedBy: null, verdict: 'inconclusive' })]],
  ] as const)('is %s for %s', (status, _, routes) => expect(judge(...routes)).toBe(status));
});

type Mailed = Gathered<'mailLimits'>['routes'][number];
const mailed = (part: Partial<Mailed> = {}): Mailed => ({
  route: 'reset',
  operation: 'POST /forgot',
  actor: 'north.throwaway',
  attempts: 30,
  seconds: 3,
  arrived: 5,
  limitedBy: 'silently',
  retryAfterSeconds: null,
  verdict: 'limited',
  because: 'seen',
  exchanges: ['x1'],
  ...part,
});

describe('mails to one address', () => {
  test.each([
    ['pass', 'a limit that says nothing', [mailed()]],
    ['pass', 'a limit by 429', [mailed({ attempts: 6, limitedBy: '429' })]],
    ['fail', 'no limit', [mailed({ arrived: 30, limitedBy: null, verdict: 'unlimited' })]],
    ['fail', 'a limit that comes too late', [mailed({ arrived: 25, limitedBy: '429' })]],
    ['unknown', 'mails that were slow', [mailed({ arrived: 20, limitedBy: null, verdict: 'inconclusive' })]],
    ['unknown', 'nothing that was tried', []],
  ] as const)('are %s for %s', (status, _, routes) =>
    expect(
      mailRateLimit.evaluate({ mailLimits: { id: 'e1', routes, notTried: [] } }, mailRateLimit.options)
        .status,
    ).toBe(status),
  );
});
