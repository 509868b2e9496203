import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { resetBoundToAccount } from './bound-to-account.ts';
import { resetEndsSessions } from './ends-sessions.ts';
import { resetExpiry } from './expiry.ts';
import { resetLifetime } from './lifetime.ts';
import { resetLinkOrigin } from './link-origin.ts';
import { resetNewestOnly } from './newest-only.ts';
import { resetRace } from './race.ts';
import { resetSafeMethod } from './safe-method.ts';
import { resetSingleUse } from './single-use.ts';
import { resetTokenSecrecy } from './token-secrecy.ts';
import { resetTokenStrength } from './token-strength.ts';

type Evidence = Gathered<'resetReplay'>;
type Trial = Evidence['trials'][number];
type Strength = NonNullable<Evidence['strength']>;

const evidence = (part: Partial<Evidence>): Evidence => ({
  id: 'e1',
  request: 'POST /forgot',
  trials: [],
  lifetimeMinutes: null,
  lifetimeSource: null,
  strength: null,
  oracle: null,
  times: null,
  notTested: [],
  ...part,
});

describe.each([
  [resetSingleUse, 'second-use'],
  [resetNewestOnly, 'replaced'],
  [resetNewestOnly, 'after-password-change'],
  [resetRace, 'race'],
  [resetSafeMethod, 'safe-method'],
  [resetBoundToAccount, 'wrong-account'],
  [resetLinkOrigin, 'forged-host'],
  [resetTokenSecrecy, 'token-in-answer'],
  [resetEndsSessions, 'sessions'],
  [resetExpiry, 'expired'],
] as const)('%o', (check, own) => {
  const judge = (part: Partial<Evidence>) => check.evaluate({ resetReplay: evidence(part) }, check.options);
  const trial = (verdict: Trial['verdict']): Trial => ({
    case: own,
    actor: 'north.throwaway',
    verdict,
    because: 'seen by the password that logs in',
    exchanges: ['x1'],
    reproduce: null,
  });

  test.each([
    ['pass', [trial('refused')]],
    ['fail', [trial('accepted')]],
    ['fail', [trial('refused'), trial('accepted')]],
    ['unknown', [trial('inconclusive')]],
    ['unknown', []],
  ] as const)('%s', (status, trials) => expect(judge({ trials }).status).toBe(status));

  test('an application without resets has nothing to judge; one that could not be tried is unknown', () => {
    const gap = { case: own, because: 'no operation was found' } as const;
    expect(judge({ notTested: [{ ...gap, absent: true }] }).status).toBe('not-applicable');
    expect(judge({ notTested: [gap] }).status).toBe('unknown');
  });
});

test.each([
  [30, 'pass'],
  [60, 'pass'],
  [61.5, 'fail'],
  [null, 'unknown'],
] as const)('a life of %s minutes where an hour is the most: %s', (lifetimeMinutes, status) =>
  expect(
    resetLifetime.evaluate({ resetReplay: evidence({ lifetimeMinutes }) }, { maxMinutes: 60 }).status,
  ).toBe(status),
);

test.each([
  ['pass', {}],
  ['fail', { bits: 32 }],
  ['fail', { consecutive: true }],
  ['fail', { repeats: true }],
  ['pass', { shape: 'typed-code', bits: 20 }],
  ['fail', { shape: 'typed-code', bits: 13 }],
  ['pass', { shape: 'signed', bits: 0 }],
  ['pass', { holdsTime: true }],
  ['unknown', { count: 2 }],
] as const)('tokens: %s for %j', (status, part) => {
  const strength: Strength = {
    count: 5,
    shape: 'random',
    bits: 128,
    repeats: false,
    consecutive: false,
    holdsTime: false,
    looks: '32 hexadecimal digits',
    ...part,
  };
  const outcome = resetTokenStrength.evaluate(
    { resetReplay: evidence({ strength }) },
    resetTokenStrength.options,
  );
  expect(outcome.status).toBe(status);
});
