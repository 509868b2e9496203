import { createRedactor, type Reproduction } from '@launch-ready/core';
import { afterEach, describe, expect, test } from 'vitest';
import { cookies } from '../browser-trust/cookies.ts';
import { cors } from '../browser-trust/cors.ts';
import { securityHeaders } from '../browser-trust/security-headers.ts';
import { inviteReplay } from '../invites/invite-replay.ts';
import { sessionReplay } from '../lifecycle/session-replay.ts';
import { inputHandling } from '../input/input-handling.ts';
import { loginRateLimit } from '../limits/login-rate-limit.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { startCommunity, type Community, type CommunityTraits } from '../testing/community-server.ts';
import { runScript } from '../testing/run-script.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

const review = async (traits: CommunityTraits): Promise<CommunityRun> => {
  const run = await reviewCommunity(traits);
  undo.push(() => run.stop());
  return run;
};
const community = async (traits: CommunityTraits): Promise<Community> => {
  const app = await startCommunity(traits);
  undo.push(() => app.stop());
  return app;
};

const accounts: Readonly<Record<string, string>> = {
  NORTH_ADMIN: 'ada@north.test',
  NORTH_MEMBER: 'bo@north.test',
  NORTH_THROWAWAY: 'thea@north.test',
  SOUTH_ADMIN: 'cy@south.test',
  SOUTH_MEMBER: 'di@south.test',
  SOUTH_THROWAWAY: 'theo@south.test',
};

/** Everything that a reader of a report may have to set, for this community. */
const environment = async (app: Community, traits: CommunityTraits): Promise<Record<string, string>> => {
  const env: Record<string, string> = { BASE_URL: app.origin };
  for (const [name, email] of Object.entries(accounts)) {
    const password = `Secret-${email}`;
    const login = await fetch(`${app.origin}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    const answer = JSON.stringify(await login.json());
    env[`${name}_AUTH`] =
      traits.auth === 'bearer'
        ? `authorization: Bearer ${/"token":"([^"]+)"/.exec(answer)?.[1] ?? ''}`
        : `cookie: ${login.headers.getSetCookie()[0]?.split(';')[0] ?? ''}`;
    env[`${name}_USERNAME`] = email;
    env[`${name}_PASSWORD`] = password;
  }
  return env;
};

const needed = (reproduce: Reproduction | null | undefined): Reproduction => {
  if (!reproduce) throw new Error('the trial has no reproduction');
  return reproduce;
};

/** The fault, how the review shows it, and the same application without it. */
type Find = (run: CommunityRun) => Promise<Reproduction | null | undefined>;
type Case = readonly [name: string, faulty: CommunityTraits, find: Find, sound: CommunityTraits];

const session =
  (event: string): Find =>
  async (run) =>
    (await run.gather(sessionReplay)).trials.find((one) => one.event === event && one.verdict === 'alive')
      ?.reproduce;
const cookie =
  (flag: string): Find =>
  async (run) =>
    (await run.gather(cookies)).cookies.find((one) => one.authenticates)?.reproduce?.[flag];
const header =
  (kind: string, name: string): Find =>
  async (run) =>
    (await run.gather(securityHeaders)).answers.find((one) => one.kind === kind)?.reproduce?.[name];
const reflected =
  (preflight: boolean): Find =>
  async (run) =>
    (await run.gather(cors)).trials.find(
      (one) => one.verdict === 'readable-with-credentials' && one.preflight === preflight,
    )?.reproduce;
const limit =
  (series: string): Find =>
  async (run) =>
    (await run.gather(loginRateLimit)).routes.find((one) => one.series === series)?.reproduce;
const invite =
  (which: string): Find =>
  async (run) =>
    (await run.gather(inviteReplay)).trials.find((one) => one.case === which && one.verdict === 'accepted')
      ?.reproduce;
const persisted =
  (operation: string, mutation: string): Find =>
  async (run) =>
    (await run.gather(inputHandling)).trials.find(
      (one) => one.operation === operation && one.mutation === mutation && one.verdict === 'persisted',
    )?.reproduce;
const disclosed: Find = async (run) =>
  (await run.gather(inputHandling)).trials.find((one) => one.discloses !== null)?.reproduceDisclosure;
const reflects = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
});

const cases: readonly Case[] = [
  ['a trace in an answer', { tellsTrace: true }, disclosed, {}],
  ['a session that outlives logout', { logoutKeepsSession: true }, session('logout'), {}],
  [
    'a bearer token that outlives logout',
    { logoutKeepsSession: true, auth: 'bearer' },
    session('logout'),
    { auth: 'bearer' },
  ],
  [
    'a session that outlives a password change',
    { passwordKeepsSessions: true },
    session('password-change'),
    {},
  ],
  ['a cookie without HttpOnly', { cookieFlags: 'Path=/; Secure; SameSite=Lax' }, cookie('HttpOnly'), {}],
  ['a cookie without Secure', { cookieFlags: 'Path=/; HttpOnly; SameSite=Lax' }, cookie('Secure'), {}],
  ['a cookie without SameSite', { cookieFlags: 'Path=/; HttpOnly; Secure' }, cookie('SameSite'), {}],
  ['a reflected origin', { cors: reflects }, reflected(false), {}],
  ['a reflected origin in a preflight', { cors: reflects }, reflected(true), {}],
  [
    'a page that may be framed',
    {},
    header('page', 'x-frame-options'),
    { headers: { 'x-frame-options': 'DENY' } },
  ],
  [
    'a page without a policy',
    {},
    header('page', 'content-security-policy'),
    { headers: { 'content-security-policy': "default-src 'self'" } },
  ],
  [
    'a private answer for shared caches',
    { headers: { 'cache-control': 'public, max-age=60' } },
    header('api', 'cache-control'),
    {},
  ],
  [
    'an answer whose type is guessed',
    { headers: { 'x-content-type-options': 'no' } },
    header('api', 'x-content-type-options'),
    {},
  ],
  [
    'a login without a limit for one account',
    {},
    limit('one-account'),
    { loginLimit: { attempts: 5, status: 429, by: 'account', seconds: 30 } },
  ],
  [
    'a login without a limit for one account, mended by a silent lock-out',
    {},
    limit('one-account'),
    { loginLimit: { attempts: 5, status: 401, by: 'account', seconds: null, silent: true } },
  ],
  [
    'a login without a limit for many accounts',
    {},
    limit('many-accounts'),
    { loginLimit: { attempts: 5, status: 429, by: 'address', seconds: 30 } },
  ],
  [
    'a number stored as a text',
    { noValidation: true },
    persisted('POST /orgs/{org}/posts', 'wrong-type'),
    {},
  ],
  [
    'a missing field stored',
    { noValidation: true },
    persisted('POST /orgs/{org}/posts', 'missing-field'),
    {},
  ],
  [
    'a text that is too long stored',
    { noValidation: true },
    persisted('POST /orgs/{org}/posts', 'over-long'),
    {},
  ],
  [
    'a wrong type stored by an update',
    { noValidation: true },
    persisted('PATCH /orgs/{org}/posts/{postId}', 'wrong-type'),
    {},
  ],
  ['an invite that works twice', { inviteReusable: true }, invite('second-use'), {}],
  ['an invite for anybody', { inviteForAnybody: true }, invite('other-account'), {}],
  ['an invite that works when revoked', { revokedInviteWorks: true }, invite('revoked'), {}],
  ['an invite that is used up by GET', { getConsumesInvite: true }, invite('safe-method'), {}],
  ['an invite that is accepted by GET', { getAcceptsInvite: true }, invite('safe-method'), {}],
];

describe.each(cases)('the script of %s', (_, faulty, find, sound) => {
  test('exits 1 while the fault is there, 0 without it, 2 without credentials or target', async () => {
    const run = await review(faulty);
    const { script, curl } = needed(await find(run));

    const broken = await community(faulty);
    const members = broken.members('north');
    const env = await environment(broken, faulty);
    expect(await runScript(script, env)).toMatchObject({ code: 1 });
    expect(broken.posts).toEqual([]);
    expect(broken.members('north')).toEqual(members);
    for (const email of Object.values(accounts)) expect(broken.passwordOf(email)).toBe(`Secret-${email}`);

    const mended = await community(sound);
    const good = await environment(mended, sound);
    expect(await runScript(script, good)).toMatchObject({ code: 0 });
    expect(mended.posts).toEqual([]);
    expect(mended.members('north')).toEqual(members);

    const secrets = [...Object.entries(env), ...Object.entries(good)].filter(([name]) =>
      /_(AUTH|PASSWORD)$/.test(name),
    );
    for (const [, secret] of secrets) expect(script + curl).not.toContain(secret);
    expect(script + curl).not.toMatch(/sid=[\w-]{8,}|Bearer [\w-]{12,}|Secret-/);
    // Nothing that looks as random as a token of an invite or a session.
    expect(script + curl).not.toMatch(/(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{30,}/);
    const redactor = createRedactor({ key: 'of this test' });
    expect(redactor.values({ script, curl })).toEqual({ script, curl });

    if (/of \[\]\) env/.test(script)) return;
    expect(await runScript(script, { BASE_URL: mended.origin })).toMatchObject({ code: 2 });
    const dead = Object.fromEntries(
      Object.entries(good).map(([name, value]) => [
        name,
        name.endsWith('_AUTH') ? 'cookie: sid=gone' : name.endsWith('_PASSWORD') ? 'gone' : value,
      ]),
    );
    expect(await runScript(script, dead)).toMatchObject({ code: 2 });
    await mended.stop();
    expect(await runScript(script, good)).toMatchObject({ code: 2 });
  });
});
