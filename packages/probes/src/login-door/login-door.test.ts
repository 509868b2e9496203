import { evidenceSchemas } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import type { CommunityTraits } from '../testing/community-server.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { loginDoor } from './login-door.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});

test.each([{}, { auth: 'bearer' }] as const satisfies readonly CommunityTraits[])(
  'a sound login with %j is got around in no way and tells nothing of accounts',
  async (traits) => {
    run = await reviewCommunity(traits);
    const data = evidenceSchemas.loginDoor.parse(await run.gather(loginDoor));
    expect(data.shortcuts.length).toBeGreaterThan(10);
    expect(data.shortcuts.map((one) => one.verdict)).not.toContain('let-in');
    expect(data.oracles).toMatchObject([{ verdict: 'alike' }]);
  },
);

test('without a throw-away account nobody is risked', async () => {
  run = await reviewCommunity({}, { target: { throwaways: {} } });
  const data = await run.gather(loginDoor);
  expect(data.shortcuts).toEqual([]);
  expect(data.notTested).toHaveLength(2);
});
