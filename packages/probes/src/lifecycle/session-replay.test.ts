import { afterEach, describe, expect, test } from 'vitest';
import type { CommunityTraits } from '../testing/community-server.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { sessionReplay } from './session-replay.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});
const replay = async (traits: CommunityTraits) => {
  run = await reviewCommunity(traits, { planted: false });
  const data = await run.gather(sessionReplay);
  const verdict = (event: string) =>
    data.trials.find((trial) => trial.event === event)?.verdict ??
    data.notTested.find((gap) => gap.event === event)?.because;
  return { run, data, verdict };
};

describe.each(['cookie', 'bearer'] as const)('sessions by %s', (auth) => {
  test('a logout and a password change that end sessions are seen to end them, and the old password is put back', async () => {
    const { run: review, data, verdict } = await replay({ auth });
    expect(verdict('logout')).toBe('ended');
    expect(verdict('password-change')).toBe('ended');
    expect(verdict('removal')).toBe('ended');
    expect(data.trials.map(({ credential }) => credential)).toEqual(data.trials.map(() => auth));
    expect(review.app.passwordOf('thea@north.test')).toBe('Secret-thea@north.test');
    expect(new Set(review.context.ledger.entries.map((entry) => entry.state))).toEqual(new Set(['cleaned']));
  });

  test('a logout that only clears the cookie leaves a session that is found alive', async () => {
    const { data, verdict } = await replay({ auth, logoutKeepsSession: true });
    expect(verdict('logout')).toBe('alive');
    expect(data.trials[0]?.aliveAfterMs).not.toBeNull();
    expect(verdict('password-change')).toBe('ended');
  });

  test('a password change that keeps other sessions is found', async () => {
    const { verdict } = await replay({ auth, passwordKeepsSessions: true });
    expect(verdict('password-change')).toBe('alive');
    expect(verdict('logout')).toBe('ended');
  });
});

test.each([
  ['ends', ['cookie ended', 'bearer ended']],
  ['lives', ['cookie ended', 'bearer alive']],
] as const)(
  'a token beside the cookie that %s after logging out or a new password is seen to',
  async (fate, expected) => {
    const { data } = await replay({ tokenBesideCookie: fate });
    for (const wanted of ['logout', 'password-change']) {
      const trials = data.trials.filter(({ event }) => event === wanted);
      expect(trials.map(({ credential, verdict }) => `${credential} ${verdict}`)).toEqual(expected);
    }
  },
);

test.each(['error', 'page'] as const)(
  'a logout that answers 200 with the %s of something else proves nothing',
  async (logoutAnswers) => {
    const { verdict, data } = await replay({ logoutAnswers });
    expect(verdict('logout')).toMatch(/^inconclusive$|^no way to log out/);
    expect([...data.trials, ...data.notTested].some((one) => one.event === 'logout')).toBe(true);
  },
);

test('a password change that is answered with success and not made proves nothing', async () => {
  const { run: review, verdict } = await replay({ passwordNotChanged: true });
  expect(verdict('password-change')).toBe('inconclusive');
  expect(review.context.ledger.leftovers).toEqual([]);
});

test('a password that cannot be put back is reported as left behind', async () => {
  const { run: review, data } = await replay({ passwordOnlyOnce: true });
  expect(data.trials.find((trial) => trial.event === 'password-change')?.because).toMatch(/set it by hand/);
  expect(review.context.ledger.leftovers).toHaveLength(1);
});

test('without a throw-away account no password is changed', async () => {
  run = await reviewCommunity({}, { planted: false, target: { throwaways: {} } });
  const data = await run.gather(sessionReplay);
  expect(data.trials.map(({ event }) => event)).toEqual(['logout']);
  expect(data.notTested).toContainEqual({
    event: 'password-change',
    because: expect.stringMatching(/throw-away/),
  });
  expect(run.app.passwordOf('bo@north.test')).toBe('Secret-bo@north.test');
});
