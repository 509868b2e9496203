import { afterEach, expect, test } from 'vitest';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { liftedStop, proofOrders, type LiftedStop } from './lifted-stop.ts';
import { loginSender } from './login-sender.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});

const username = 'thea@north.test';

/** A variant that changes nothing, against a limit of one guess per account in 30 s that is on, while time passes. */
async function idleVariant(
  status: 403 | 429,
  seconds: { readonly plain: number; readonly variant: number },
): Promise<LiftedStop> {
  run = await reviewCommunity(
    { loginLimit: { attempts: 1, status, by: 'account', seconds: 30 } },
    { planted: false },
  );
  const { context, app } = run;
  const login = await loginSender(context, 'limits/login-rate-limit', 'north.throwaway');
  if (login === null) throw new Error('the login cannot be sent');
  let passed = 0;
  const guess = (after: number) => {
    app.advance(after * 1000);
    passed += after * 1000;
    return login.send({ username, password: 'Wrong-in-time-1234' }, 'a wrong password');
  };
  await guess(0);
  return liftedStop({ ...context.clock, monotonic: () => passed }, proofOrders.full, {
    plain: () => guess(seconds.plain),
    variant: () => guess(seconds.variant),
    isStopped: (result) => (result.kind === 'answer' ? result.status === status : null),
  });
}

test('a limit that ends each time right before the variant was not lifted by it', async () => {
  expect(await idleVariant(429, { plain: 0, variant: 31 })).toMatchObject({
    verdict: 'inconclusive',
    because: expect.stringMatching(/announced/),
  });
});

test.each([1, 11, 16, 29, 31])(
  'a limit that announces nothing and ends by itself is not lifted when a guess is sent every %s s',
  async (pace) => {
    expect((await idleVariant(403, { plain: pace, variant: pace })).verdict).not.toBe('evaded');
  },
);
