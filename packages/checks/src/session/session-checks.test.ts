import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { logoutInvalidation } from './logout-invalidation.ts';
import { passwordChangeInvalidation } from './password-change-invalidation.ts';

type Evidence = Gathered<'sessionReplay'>;
type Trial = Evidence['trials'][number];

describe.each([
  [logoutInvalidation, 'logout', 'password-change'],
  [passwordChangeInvalidation, 'password-change', 'logout'],
] as const)('%o', (check, event, other) => {
  const trial = (verdict: Trial['verdict'], of: Trial['event'] = event): Trial => ({
    event: of,
    actor: 'north.throwaway',
    credential: 'cookie',
    verdict,
    aliveAfterMs: verdict === 'alive' ? 2000 : null,
    because: `seen ${verdict}`,
    exchanges: ['x4'],
    reproduce: null,
  });
  const judge = (part: Partial<Evidence>) =>
    check.evaluate({ sessionReplay: { id: 'e1', trials: [], notTested: [], ...part } }, check.options);

  test.each([
    ['pass', 'an ended credential', [trial('ended')]],
    ['fail', 'a living credential', [trial('alive')]],
    ['fail', 'one living credential among ended ones', [trial('ended'), trial('alive')]],
    ['unknown', 'a replay that proved nothing', [trial('inconclusive')]],
    ['unknown', 'one unclear replay among ended ones', [trial('ended'), trial('inconclusive')]],
    ['unknown', 'only the other event', [trial('alive', other)]],
    ['unknown', 'no trial', []],
  ] as const)('%s on %s', (status, _, trials) => expect(judge({ trials }).status).toBe(status));

  test('an event that could not be tried is unknown with its reason', () => {
    expect(judge({ notTested: [{ event, because: 'no way was found' }] })).toEqual({
      status: 'unknown',
      because: 'no way was found',
    });
  });

  test('a finding names event and kind of credential, and cites the replay', () => {
    expect(judge({ trials: [trial('alive')] })).toMatchObject({
      findings: [
        {
          subject: { relation: event, variant: 'cookie' },
          evidence: ['e1', 'x4'],
          actors: ['north.throwaway'],
        },
      ],
    });
  });
});
