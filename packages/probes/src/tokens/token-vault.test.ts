import { afterEach, expect, test } from 'vitest';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { tokenVault, type KeptToken } from './token-vault.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});

const kept = (headers: KeptToken['headers'], dueAt: string): KeptToken => ({
  purpose: 'access',
  actor: 'north.member',
  headers,
  keptAt: '2026-01-01T00:00:00.000Z',
  dueAt,
});
const past = '2026-01-02T00:00:00.000Z';
const future = '2999-01-01T00:00:00.000Z';

test('kept tokens are tried once they must be dead, and wait until then', async () => {
  run = await reviewCommunity({ auth: 'bearer' }, { planted: false });
  const { sessions, target } = run.context;
  const login = await sessions.login('north.member');
  if (login.kind === 'refused') throw new Error(login.because);
  const living = login.credential.headers(target.api);
  const put: KeptToken[] = [];
  const result = await tokenVault.run({
    ...run.context,
    vault: {
      earlier: [
        kept(living, past),
        kept([['authorization', 'Bearer gone-long-ago']], past),
        kept(living, future),
      ],
      keep: (tokens) => void put.push(...tokens),
    },
  });
  if (result.status === 'missing') throw new Error(result.because);
  expect(result.data.trials.map(({ verdict }) => verdict)).toEqual(['alive', 'dead', 'pending']);
  expect(put.map(({ dueAt }) => dueAt)).toEqual([future]);
});

test('without a key nothing is kept and nothing is sent', async () => {
  run = await reviewCommunity({}, { planted: false });
  const before = run.context.transport.requests.sent;
  expect(await run.gather(tokenVault)).toMatchObject({ enabled: false, kept: 0, trials: [] });
  expect(run.context.transport.requests.sent).toBe(before);
});
