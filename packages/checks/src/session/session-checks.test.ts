import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { disabledUser } from './disabled-user.ts';
import { downgradedRole } from './downgraded-role.ts';
import { logoutInvalidation } from './logout-invalidation.ts';
import { passwordChangeInvalidation } from './password-change-invalidation.ts';
import { removedMember } from './removed-member.ts';

type Evidence = Gathered<'sessionReplay'>;
type Trial = Evidence['trials'][number];

describe.each([
  [logoutInvalidation, 'logout', 'password-change'],
  [passwordChangeInvalidation, 'password-change', 'logout'],
  [disabledUser, 'disable', 'logout'],
  [downgradedRole, 'downgrade', 'disable'],
  [removedMember, 'removal', 'disable'],
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

  test('an operation that the application does not have makes the event not applicable', () => {
    expect(judge({ notTested: [{ event, because: 'none', absent: true }] }).status).toBe('not-applicable');
  });

  test('a self-contained token that outlives the event for minutes is a lesser finding, unless the option allows it', () => {
    const short = { ...trial('alive'), residualSeconds: 300 };
    const outcome = judge({ trials: [short] });
    expect(outcome).toMatchObject({ findings: [{ severity: 'medium' }] });
    expect(JSON.stringify(outcome)).toContain('5 minutes after the event');
    const allowed = check.evaluate(
      { sessionReplay: { id: 'e1', trials: [short], notTested: [] } },
      { residualMinutes: 15 },
    );
    expect(allowed.status).toBe('pass');
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
