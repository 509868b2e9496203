import { afterEach, expect, test } from 'vitest';
import type { CommunityTraits } from '../testing/community-server.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { inviteReplay } from './invite-replay.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});
const invites = async (traits: CommunityTraits) => {
  run = await reviewCommunity(traits);
  const data = await run.gather(inviteReplay);
  const bad = data.trials.filter((trial) => trial.verdict === 'accepted').map((trial) => trial.case);
  return { run, data, bad };
};

test.each([{}, { refusesWith200: true }, { auth: 'bearer' }] as const)(
  'sound invites are refused in every wrong use, by what the members list shows: %j',
  async (traits) => {
    const { run: review, data } = await invites(traits);
    expect(data.notTested.map((gap) => gap.case)).toEqual(['shown', 'replaced', 'expired', 'signup']);
    expect(data.strength).toMatchObject({ repeats: false, consecutive: false });
    expect(Object.fromEntries(data.trials.map((trial) => [trial.case, trial.verdict]))).toEqual({
      'safe-method': 'refused',
      'link-page': 'refused',
      'second-use': 'refused',
      'other-account': 'refused',
      revoked: 'refused',
      edited: 'refused',
      race: 'refused',
    });
    expect(data.lifetimeHours).toBeCloseTo(48, 1);
    expect(review.app.members('north')).not.toContain('theo@south.test');
    const left = review.context.ledger.entries.filter((entry) => entry.twin === 'throwaway');
    expect(left.filter((entry) => entry.state === 'created' || entry.state === 'leftover')).toEqual([]);
  },
);

test.each([
  [{ inviteReusable: true }, ['second-use']],
  [{ inviteForAnybody: true }, ['other-account']],
  [{ revokedInviteWorks: true }, ['revoked']],
  [{ getConsumesInvite: true }, ['safe-method']],
  [{ getAcceptsInvite: true }, ['safe-method']],
] as const)('an invite with %j is found, and nothing else', async (traits, expected) => {
  const { bad, run: review } = await invites(traits);
  expect(bad).toEqual(expected);
  expect(review.app.members('north')).not.toContain('theo@south.test');
});

test('without a throw-away account in the other tenant nothing is accepted', async () => {
  run = await reviewCommunity({}, { target: { throwaways: {} } });
  const data = await run.gather(inviteReplay);
  expect(data.trials).toEqual([]);
  expect(data.notTested).toHaveLength(11);
});
