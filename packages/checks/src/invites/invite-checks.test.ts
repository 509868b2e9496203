import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { boundToAddress } from './bound-to-address.ts';
import { lifetime } from './lifetime.ts';
import { revocation } from './revocation.ts';
import { safeMethod } from './safe-method.ts';
import { singleUse } from './single-use.ts';

type Evidence = Gathered<'inviteReplay'>;
type Trial = Evidence['trials'][number];
const evidence = (part: Partial<Evidence>): Evidence => ({
  id: 'e1',
  trials: [],
  lifetimeHours: null,
  lifetimeSource: null,
  strength: null,
  oracle: null,
  times: null,
  notTested: [],
  ...part,
});

describe.each([
  [singleUse, 'second-use', 'revoked'],
  [boundToAddress, 'other-account', 'second-use'],
  [revocation, 'revoked', 'safe-method'],
  [safeMethod, 'safe-method', 'other-account'],
] as const)('%o', (check, own, other) => {
  const trial = (verdict: Trial['verdict'], which: Trial['case'] = own): Trial => ({
    case: which,
    inviter: 'north.admin',
    verdict,
    because: 'seen in the list of members',
    exchanges: ['x9'],
    reproduce: null,
  });
  const judge = (part: Partial<Evidence>) => check.evaluate({ inviteReplay: evidence(part) }, check.options);

  test.each([
    ['pass', 'a refusal', [trial('refused')]],
    ['fail', 'an acceptance', [trial('accepted')]],
    ['unknown', 'an unclear trial', [trial('inconclusive')]],
    ['unknown', 'only another case', [trial('accepted', other)]],
    ['unknown', 'nothing', []],
  ] as const)('%s on %s', (status, _, trials) => expect(judge({ trials }).status).toBe(status));

  test('what could not be tried is unknown with its reason', () => {
    expect(judge({ notTested: [{ case: own, because: 'no mail came' }] })).toEqual({
      status: 'unknown',
      because: 'no mail came',
    });
  });
});

describe('lifetime', () => {
  test.each([
    [48, 'pass'],
    [24, 'pass'],
    [72, 'pass'],
    [71.999, 'pass'],
    [23, 'fail'],
    [168, 'fail'],
    [null, 'unknown'],
  ] as const)('%s hours: %s', (hours, status) => {
    const outcome = lifetime.evaluate(
      { inviteReplay: evidence({ lifetimeHours: hours, lifetimeSource: 'expiresAt' }) },
      lifetime.options,
    );
    expect(outcome.status).toBe(status);
  });

  test('another profile may allow other lives', () => {
    const outcome = lifetime.evaluate(
      { inviteReplay: evidence({ lifetimeHours: 100 }) },
      { minHours: 1, maxHours: 168 },
    );
    expect(outcome.status).toBe('pass');
  });
});
