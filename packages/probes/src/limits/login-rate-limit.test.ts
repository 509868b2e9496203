import { afterEach, expect, test } from 'vitest';
import type { CommunityTraits } from '../testing/community-server.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { runScript } from '../testing/run-script.ts';
import { loginRateLimit } from './login-rate-limit.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});
const limits = async (loginLimit?: CommunityTraits['loginLimit'], traits: CommunityTraits = {}) => {
  run = await reviewCommunity(loginLimit === undefined ? traits : { ...traits, loginLimit }, {
    planted: false,
  });
  const { routes } = await run.gather(loginRateLimit);
  const of = (series: string) => routes.find((route) => route.series === series);
  return { one: of('one-account'), many: of('many-accounts') };
};

test('a login without a limit is seen as unlimited in both series', async () => {
  const { one, many } = await limits();
  expect(one).toMatchObject({
    verdict: 'unlimited',
    limitedAfter: null,
    attempts: 40,
    operation: 'POST /auth/login',
  });
  expect(many).toMatchObject({ verdict: 'unlimited', attempts: 30 });
});

test('a limit by address with Retry-After is seen in both series, ends in time and leaves others alone', async () => {
  const { one, many } = await limits({ attempts: 5, status: 429, by: 'address', seconds: 30 });
  expect(one).toMatchObject({
    verdict: 'limited',
    limitedBy: '429',
    limitedAfter: 5,
    retryAfterSeconds: 30,
    recovers: 'yes',
    othersServed: 'yes',
  });
  expect(many).toMatchObject({ verdict: 'limited', limitedBy: '429' });
});

test('a limit by account alone leaves many accounts unlimited', async () => {
  const { one, many } = await limits({ attempts: 5, status: 429, by: 'account', seconds: 30 });
  expect(one).toMatchObject({ verdict: 'limited', limitedAfter: 5, recovers: 'yes' });
  expect(many).toMatchObject({ verdict: 'unlimited' });
});

test('a lock-out page with 403 instead of 429 is a limit', async () => {
  const { one } = await limits({ attempts: 5, status: 403, by: 'account', seconds: 30 });
  expect(one).toMatchObject({
    verdict: 'limited',
    limitedBy: 'other-status',
    limitedAfter: 5,
    recovers: 'yes',
  });
});

test('a silent suspension that goes on answering 401 is found by the right password', async () => {
  const { one } = await limits({ attempts: 5, status: 401, by: 'account', seconds: null, silent: true });
  expect(one).toMatchObject({
    verdict: 'limited',
    limitedBy: 'lockout',
    limitedAfter: 10,
    recovers: 'not-waited',
  });
});

test('a limit that outlives its announcement, or that stops everybody, is seen', async () => {
  expect(
    (await limits({ attempts: 5, status: 429, by: 'account', seconds: 30, neverEnds: true })).one,
  ).toMatchObject({ recovers: 'no' });
  await run?.stop();
  expect(
    (await limits({ attempts: 5, status: 429, by: 'account', seconds: 30, stopsEverybody: true })).one,
  ).toMatchObject({ othersServed: 'no' });
});

test('a limit that the logins before had used up is waited for', async () => {
  run = await reviewCommunity(
    { loginLimit: { attempts: 5, status: 429, by: 'account', seconds: 30 } },
    { planted: false },
  );
  const guess = run.context.sessions.loginRequest({
    username: 'thea@north.test',
    password: 'Wrong-before-1234',
  });
  for (let index = 0; index < 5; index += 1) {
    if (guess)
      await fetch(guess.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'thea@north.test', password: 'Wrong-before-1234' }),
      });
  }
  const { routes } = await run.gather(loginRateLimit);
  expect(routes[0]).toMatchObject({ verdict: 'limited', limitedAfter: 5, recovers: 'yes' });
});

test('a login that answers wrong passwords like the right one proves nothing', async () => {
  const { one } = await limits(undefined, { mumblingLogin: true });
  expect(one).toMatchObject({ verdict: 'inconclusive' });
});

test('a server error for the right password is no lock-out', async () => {
  const { one } = await limits(undefined, { loginBreaksAfter: 3 });
  expect(one).toMatchObject({ verdict: 'inconclusive', limitedBy: null });
});

const waysAround = async (by: NonNullable<CommunityTraits['loginLimit']>['by']) => {
  run = await reviewCommunity(
    { loginLimit: { attempts: 5, status: 429, by, seconds: 30 } },
    { planted: false },
  );
  const { evasions = [] } = await run.gather(loginRateLimit);
  const sent = run.context.transport.requests.sent;
  return { evasions, sent, evaded: evasions.filter(({ verdict }) => verdict === 'evaded') };
};

test.each(['account', 'address'] as const)('a limit by %s holds against every way around', async (by) => {
  const { evasions, evaded } = await waysAround(by);
  expect(evaded).toEqual([]);
  expect(evasions.map(({ verdict }) => verdict)).not.toContain('inconclusive');
  expect(new Set(evasions.map(({ kind }) => kind)).size).toBe(3);
});

test('a limit by the first entry of X-Forwarded-For is got around, and a script shows it', async () => {
  const { evaded } = await waysAround('first-claimed');
  expect(evaded.map(({ variant }) => variant)).toEqual(['x-forwarded-for']);
  const { script } = evaded[0]?.reproduce ?? { script: '' };
  const account = { [/\w+_USERNAME/.exec(script)?.[0] ?? '']: 'theo@south.test' };
  run?.app.advance(60_000);
  expect(await runScript(script, { ...account })).toMatchObject({ code: 1 });
  await run?.stop();
  run = await reviewCommunity(
    { loginLimit: { attempts: 5, status: 429, by: 'last-claimed', seconds: 30 } },
    { planted: false },
  );
  expect(await runScript(script, { ...account, BASE_URL: run.app.origin })).toMatchObject({
    code: 0,
  });
});

test('a limit that believes the proxy on the same machine is not called one that is got around', async () => {
  const { evasions, evaded } = await waysAround('last-claimed');
  expect(evaded).toEqual([]);
  expect(evasions[0]).toMatchObject({ kind: 'client-address', verdict: 'held', variant: 'x-forwarded-for' });
});

const guesses = async (count: number, app: CommunityRun['app']): Promise<void> => {
  for (let index = 0; index < count; index += 1)
    await fetch(`${app.origin}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `nobody-${index}@north.test`, password: 'Wrong-before-1234' }),
    });
};

test('guesses before that had used up a part of the limit do not make a trusted proxy look like a trusted stranger', async () => {
  run = await reviewCommunity(
    { loginLimit: { attempts: 12, status: 429, by: 'last-claimed', seconds: 300 } },
    { planted: false },
  );
  await guesses(9, run.app);
  const { evasions = [], routes } = await run.gather(loginRateLimit);
  expect(routes[0]).toMatchObject({ limitedAfter: 3 });
  expect(evasions[0]).toMatchObject({ kind: 'client-address', verdict: 'held', variant: 'x-forwarded-for' });
  expect(evasions.filter(({ verdict }) => verdict === 'evaded')).toEqual([]);
});

test('what a proxy writes anew cannot be judged from the same machine', async () => {
  const { evasions, evaded } = await waysAround('real-ip');
  expect(evaded).toEqual([]);
  expect(evasions[0]).toMatchObject({ verdict: 'inconclusive', variant: 'x-real-ip' });
});

test('a limit by the account as it was written is got around by another spelling', async () => {
  const { evaded } = await waysAround('name-as-written');
  expect(evaded.map(({ variant }) => variant)).toEqual([
    'name in other letter case',
    'name with a space behind',
  ]);
});

test('without a throw-away account nothing is guessed', async () => {
  run = await reviewCommunity({}, { planted: false, target: { throwaways: {} } });
  expect(await run.run(loginRateLimit)).toMatchObject({
    status: 'missing',
    because: expect.stringMatching(/throw-away/),
  });
});
