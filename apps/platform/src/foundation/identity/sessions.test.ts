import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type TestPlatform, passwordOf, secretIn, startTestPlatform } from '../../testing/test-platform.ts';
import type { Client } from '../../testing/client.ts';
import { forgetExpired } from './forget-expired.ts';
import { expireReset } from './expire-reset.ts';
import { expireSession } from './expire-session.ts';

let world: TestPlatform;

beforeAll(async () => {
  world = await startTestPlatform();
}, 60_000);

afterAll(() => world.stop());

const isAlive = async (client: Client): Promise<boolean> =>
  (await client.send('GET', '/api/me')).status === 200;

const login = (client: Client, email: string, password: string) =>
  client.send('POST', '/api/auth/login', { body: { email, password } });

const change = (client: Client, currentPassword: string, newPassword: string) =>
  client.send('POST', '/api/auth/password/change', { body: { currentPassword, newPassword } });

describe('a new account', () => {
  it('is made, confirmed by mail, and used', async () => {
    const client = world.anonymous();
    const account = { email: 'Nina@New.test', name: 'Nina', password: 'correct horse battery staple' };
    expect((await client.send('POST', '/api/auth/signup', { body: account })).status).toBe(202);
    const early = await login(client, account.email, account.password);
    expect([early.status, early.json]).toEqual([
      403,
      { error: { code: 'address_not_verified', message: 'confirm your address first' } },
    ]);
    const token = secretIn(await world.mailTo('nina@new.test', 'Confirm'));
    expect((await client.send('GET', `/api/auth/verify?token=${token}`)).status).toBe(404);
    expect((await client.send('POST', '/api/auth/verify', { body: { token } })).status).toBe(200);
    expect((await client.send('POST', '/api/auth/verify', { body: { token } })).status).toBe(400);
    expect((await login(client, account.email, account.password)).status).toBe(200);
    const me = await client.send('GET', '/api/me');
    expect(me.json).toMatchObject({
      user: { email: 'nina@new.test', name: 'Nina', emailVerified: true },
      organisations: [],
    });
  });

  it('is answered the same whether or not the address has an account', async () => {
    const ask = (path: string, email: string, more: object = {}) =>
      world.anonymous().send('POST', path, { body: { email, ...more } });
    const known = 'member@north.test';
    for (const [path, more] of [
      ['/api/auth/signup', { name: 'Somebody', password: 'correct horse battery staple' }],
      ['/api/auth/password/forgot', {}],
      ['/api/auth/verify/resend', {}],
    ] as const) {
      const a = await ask(path, known, more);
      const b = await ask(path, `unknown-${path.length}@nowhere.test`, more);
      expect([a.status, a.text]).toEqual([b.status, b.text]);
    }
    const wrong = await ask('/api/auth/login', known, { password: 'wrong' });
    const unknown = await ask('/api/auth/login', 'unknown@nowhere.test', { password: 'wrong' });
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
    expect(await world.mailTo(known, 'already have an account')).toContain('Somebody, probably you');
    expect(await world.mailCount('unknown@nowhere.test')).toBe(0);
    // The owner's password did not change.
    expect(await isAlive(await world.login(known))).toBe(true);
  });

  it('is refused with a password that is short, among the first guesses, or monotonous', async () => {
    for (const password of ['elevenchars', 'password1234', 'aaaaaaaaaaaaaa', 'x'.repeat(129)]) {
      const answer = await world.anonymous().send('POST', '/api/auth/signup', {
        body: { email: 'p@new.test', name: 'P', password },
      });
      expect([password, answer.status]).toEqual([password, 422]);
    }
  });
});

describe('a session', () => {
  it('travels in a cookie that scripts, other hosts and other sites do not get', async () => {
    const answer = await login(world.anonymous(), 'member@north.test', passwordOf('member@north.test'));
    const [line = ''] = z.array(z.string()).parse(answer.headers['set-cookie']);
    expect(line).toMatch(
      /^__Host-lr=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=\d+$/,
    );
    expect(answer.text).not.toContain(line.slice(10, 40));
  });

  it('is stored as a hash only', async () => {
    const client = await world.login('member@north.test');
    const secret = client.cookie?.split('=')[1] ?? '';
    const rows = await world.sql('select * from identity.sessions');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
    // What lies in the database opens nothing.
    const stolen = world.anonymous();
    for (const row of rows) {
      stolen.cookie = `__Host-lr=${String(row['token']).slice(0, 43)}`;
      expect(await isAlive(stolen)).toBe(false);
    }
  });

  it('is recognised by its whole secret and by nothing near it', async () => {
    const client = await world.login('member@north.test');
    const cookie = client.cookie ?? '';
    const near = [
      cookie.slice(0, -1),
      `${cookie}A`,
      `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'Q' : 'A'}`,
      `${cookie}; ${cookie}`,
      cookie.replace('__Host-lr', 'lr'),
      '__Host-lr=',
      '__Host-lr=%00',
    ];
    for (const value of near) {
      client.cookie = value;
      expect([value === cookie, await isAlive(client)]).toEqual([false, false]);
    }
    client.cookie = cookie;
    expect(await isAlive(client)).toBe(true);
  });

  it('ends on the server at logout, and only that one', async () => {
    const [one, two] = [await world.login('member@north.test'), await world.login('member@north.test')];
    const cookie = one.cookie;
    expect((await one.send('POST', '/api/auth/logout', { body: {} })).status).toBe(204);
    one.cookie = cookie;
    expect([await isAlive(one), await isAlive(two)]).toEqual([false, true]);
  });

  it('ends when its time is up, or when it was idle too long', async () => {
    const [old, idle] = [await world.login('member@north.test'), await world.login('member@north.test')];
    expect(await expireSession(old.cookie ?? '', world.platform.databaseUrl)).toBe(true);
    expect([await isAlive(old), (await old.send('GET', '/api/orgs/north')).status]).toEqual([false, 401]);
    await world.sql("update identity.sessions set idle_until = now() - interval '1 second'");
    expect([await isAlive(idle), (await idle.send('GET', '/api/orgs/north')).status]).toEqual([false, 401]);
  });

  it('is listed, and ended one by one or all others at once, by its person only', async () => {
    const [mine, other, third] = [
      await world.login('admin@north.test'),
      await world.login('admin@north.test'),
      await world.login('admin@north.test'),
    ];
    const list = z.object({ items: z.array(z.object({ id: z.string(), current: z.boolean() })) });
    const all = list.parse((await mine.send('GET', '/api/me/sessions')).json).items;
    expect(all).toHaveLength(3);
    expect(all.filter((session) => session.current)).toHaveLength(1);
    const otherId =
      list.parse((await other.send('GET', '/api/me/sessions')).json).items.find((s) => s.current)?.id ?? '';
    const stranger = await world.login('admin@south.test');
    expect((await stranger.send('DELETE', `/api/me/sessions/${otherId}`)).status).toBe(404);
    expect((await mine.send('DELETE', `/api/me/sessions/${otherId}`)).status).toBe(204);
    expect([await isAlive(mine), await isAlive(other), await isAlive(third)]).toEqual([true, false, true]);
    expect((await mine.send('DELETE', '/api/me/sessions')).status).toBe(204);
    expect([await isAlive(mine), await isAlive(third), await isAlive(stranger)]).toEqual([true, false, true]);
  });

  it('is new after each login, and a cookie that was planted before is worth nothing', async () => {
    const client = world.anonymous();
    client.cookie = `__Host-lr=${'A'.repeat(43)}`;
    await login(client, 'member@north.test', passwordOf('member@north.test'));
    expect(client.cookie).not.toContain('AAAA');
    const before = client.cookie;
    await login(client, 'member@north.test', passwordOf('member@north.test'));
    const old = world.anonymous();
    old.cookie = before;
    expect([await isAlive(client), await isAlive(old)]).toEqual([true, false]);
  });
});

it('rows that have no effect any more are forgotten, others stay', async () => {
  const client = await world.login('admin@south.test');
  const old = await world.login('admin@south.test');
  await expireSession(old.cookie ?? '', world.platform.databaseUrl);
  await world.sql(
    "update identity.sessions set expires_at = now() - interval '8 days' where expires_at < now()",
  );
  const pool = new Pool({ connectionString: world.platform.databaseUrl, options: '-c search_path=identity' });
  await forgetExpired(pool, pool);
  await pool.end();
  expect(await world.sql('select 1 from identity.sessions where expires_at < now()')).toEqual([]);
  expect(await isAlive(client)).toBe(true);
});

describe('a password', () => {
  it('is changed by who knows it, which ends every session but a renewed one', async () => {
    const email = 'throwaway@north.test';
    const [mine, other] = [await world.login(email), await world.login(email)];
    const before = mine.cookie;
    expect((await change(mine, 'wrong', 'a wholly new password')).status).toBe(403);
    expect((await change(world.anonymous(), passwordOf(email), 'a wholly new password')).status).toBe(401);
    expect((await change(mine, passwordOf(email), 'a wholly new password')).status).toBe(200);
    const old = world.anonymous();
    old.cookie = before;
    expect([await isAlive(mine), await isAlive(other), await isAlive(old)]).toEqual([true, false, false]);
    expect((await login(world.anonymous(), email, passwordOf(email))).status).toBe(401);
    expect((await login(world.anonymous(), email, 'a wholly new password')).status).toBe(200);
  });

  it('is reset by a mailed link, once, which ends every session', async () => {
    const email = 'throwaway@south.test';
    const session = await world.login(email);
    await world.anonymous().send('POST', '/api/auth/password/forgot', { body: { email } });
    const token = secretIn(await world.mailTo(email, 'new password'));
    expect(JSON.stringify(await world.sql('select * from identity.verifications'))).not.toContain(token);
    const reset = () =>
      world
        .anonymous()
        .send('POST', '/api/auth/password/reset', { body: { token, newPassword: 'a password after reset' } });
    const answers = await Promise.all(Array.from({ length: 10 }, reset));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 400),
    ]);
    expect(await isAlive(session)).toBe(false);
    expect((await login(world.anonymous(), email, 'a password after reset')).status).toBe(200);
  });

  it('is not reset by a link that a newer one, or a changed password, has taken the place of', async () => {
    const email = 'admin@south.test';
    const forgot = async (seen: number) => {
      await world.anonymous().send('POST', '/api/auth/password/forgot', { body: { email } });
      return secretIn(await world.mailTo(email, 'new password', seen));
    };
    const reset = async (token: string) =>
      (
        await world.anonymous().send('POST', '/api/auth/password/reset', {
          body: { token, newPassword: 'a password after reset' },
        })
      ).status;
    const early = await forgot(0);
    const later = await forgot(1);
    expect(later).not.toBe(early);
    expect(await reset(early)).toBe(400);
    const mine = await world.login(email);
    expect((await change(mine, passwordOf(email), 'a wholly new password')).status).toBe(200);
    expect(await reset(later)).toBe(400);
    expect((await login(world.anonymous(), email, 'a wholly new password')).status).toBe(200);
  });

  it('is not reset by a link whose time is up', async () => {
    const email = 'member@south.test';
    await world.anonymous().send('POST', '/api/auth/password/forgot', { body: { email } });
    const token = secretIn(await world.mailTo(email, 'new password'));
    expect(await expireReset('not a token', world.platform.databaseUrl)).toBe(false);
    expect(await expireReset(token, world.platform.databaseUrl)).toBe(true);
    const answer = await world.anonymous().send('POST', '/api/auth/password/reset', {
      body: { token, newPassword: 'a password after reset' },
    });
    expect(answer.status).toBe(400);
    expect(await isAlive(await world.login(email))).toBe(true);
  });
});
