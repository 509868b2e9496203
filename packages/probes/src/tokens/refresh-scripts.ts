import type { RefreshSight } from './refresh-chain.ts';

interface Script {
  readonly does: readonly string[];
  readonly body: string;
}

/** Statements that repeat each kind of sight; see `refreshReproduction` for what they may use. */
export const refreshScripts: Readonly<Record<RefreshSight['case'], Script>> = {
  rotation: {
    does: ['Logs in and uses the refresh token of that login twice.'],
    body: `const one = await trade(first);
if (!(await opens(one))) cannotTell('a fresh refresh token could not be traded in');
if ((refreshOf(one) ?? first) !== first) gone('using a refresh token replaces it');
if (await opens(await trade(first))) there('a refresh token is not replaced by its use and works again');
gone('a refresh token works once');`,
  },
  reuse: {
    does: ['Logs in, uses the refresh token and its successor, and the old one again after half a minute.'],
    body: `const one = await trade(first);
const second = refreshOf(one) ?? cannotTell('no successor was given');
await trade(second);
if (!(await opens(await trade(first)))) gone('the old refresh token is refused');
await pause(35000);
if (await opens(await trade(first))) there('an old refresh token still gives access');
gone('the old refresh token is refused after a while');`,
  },
  fork: {
    does: [
      'Logs in, uses the refresh token and its successor, then the old one, and sees whether both chains go on.',
    ],
    body: `const one = await trade(first);
const second = refreshOf(one) ?? cannotTell('no successor was given');
const two = await trade(second);
const newest = refreshOf(two) ?? cannotTell('the successor could not be used');
const again = await trade(first);
const side = refreshOf(again);
if (!again.ok || !side || [first, second, newest].includes(side)) gone('the old refresh token opens no second chain');
const both = [await opens(await trade(side)), await opens(await trade(newest))];
if (both.every(Boolean)) there('an old refresh token opens a second chain beside the first');
gone('only one chain goes on');`,
  },
  'parallel-fork': {
    does: ['Logs in and uses the refresh token of that login twice in the same instant.'],
    body: `const pair = await Promise.all([trade(first), trade(first)]);
const next = [...new Set(pair.filter((one) => one.ok).map(refreshOf).filter(Boolean))];
if (next.length < 2) gone('one successor at most was given');
const both = [await opens(await trade(next[0])), await opens(await trade(next[1]))];
if (both.every(Boolean)) there('one refresh token opened two chains that both go on');
gone('only one chain goes on');`,
  },
  'parallel-lockout': {
    does: [
      'Logs in twice, uses the refresh token of one login twice in the same instant, and then the session of the other.',
    ],
    body: `const bystander = await logIn();
await logIn();
const own = refreshOf(lastLogin);
await Promise.all([trade(own), trade(own)]);
if (!(await alive(bystander))) there('another session of the account ended with the collision');
gone('another session of the account lives on');`,
  },
};
