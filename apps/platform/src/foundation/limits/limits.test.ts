import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../testing/client.ts';
import { type TestPlatform, passwordOf, startTestPlatform } from '../../testing/test-platform.ts';
import { LimitError, limitsFrom } from './limits.ts';

let direct: TestPlatform;
let proxied: TestPlatform;

const tight = {
  LIMIT_LOGIN_PER_MINUTE: '5',
  LIMIT_LOGIN_ACCOUNT_PER_HOUR: '8',
  LIMIT_LOGIN_ACCOUNT_ADDRESS_PER_HOUR: '2',
};

beforeAll(async () => {
  [direct, proxied] = await Promise.all([
    startTestPlatform({
      ...tight,
      LIMIT_WRITE_PER_MINUTE: '3',
      LIMIT_INVITE_PER_HOUR: '2',
      LIMIT_ADDRESS_PER_MINUTE: '400',
    }),
    startTestPlatform({ ...tight, TRUSTED_PROXIES: '127.0.0.1' }),
  ]);
}, 60_000);

afterAll(async () => {
  await Promise.all([direct.stop(), proxied.stop()]);
});

const attempt = (world: TestPlatform, email: string, password: string, from: string): Promise<Answer> =>
  world
    .anonymous()
    .send('POST', '/api/auth/login', { body: { email, password }, headers: { 'x-forwarded-for': from } });

describe('login', () => {
  it('is limited per address, says when to come back, and believes no header of the client', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      statuses.push((await attempt(direct, `nobody${i}@x.test`, 'wrong', `203.0.113.${i}`)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    const sixth = await attempt(direct, 'nobody9@x.test', 'wrong', '203.0.113.99');
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(sixth.headers['retry-after'])).toBeLessThanOrEqual(12);
    expect(sixth.headers['ratelimit-limit']).toBe('5');
    expect(sixth.headers['ratelimit-remaining']).toBe('0');
    expect(sixth.json).toMatchObject({ error: { code: 'too_many_requests' } });
    // Others are served all the same.
    expect((await direct.anonymous().send('GET', '/openapi.json')).status).toBe(200);
  });

  it('counts addresses that a trusted proxy names', async () => {
    for (let i = 0; i < 5; i += 1) await attempt(proxied, `nobody${i}@x.test`, 'wrong', '203.0.113.7');
    expect((await attempt(proxied, 'nobody@x.test', 'wrong', '203.0.113.7')).status).toBe(429);
    expect((await attempt(proxied, 'nobody@x.test', 'wrong', '203.0.113.8')).status).toBe(401);
    // What the client itself put before the proxy's own entry does not count.
    expect((await attempt(proxied, 'nobody@x.test', 'wrong', '198.51.100.1, 203.0.113.7')).status).toBe(429);
  });

  it('does not count successes against an office behind one address', async () => {
    for (let i = 0; i < 12; i += 1) {
      expect(
        (await attempt(proxied, 'admin@north.test', passwordOf('admin@north.test'), '203.0.113.20')).status,
      ).toBe(200);
    }
  });

  it('stops guessing at one account from many addresses, and still lets its owner in', async () => {
    const email = 'member@north.test';
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1)
      statuses.push((await attempt(proxied, email, 'wrong', `192.0.2.${i}`)).status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    // Over the limit of the account, each address has two tries left.
    expect((await attempt(proxied, email, 'wrong', '192.0.2.50')).status).toBe(401);
    expect((await attempt(proxied, email, 'wrong', '192.0.2.50')).status).toBe(401);
    expect((await attempt(proxied, email, 'wrong', '192.0.2.50')).status).toBe(429);
    for (let i = 0; i < 4; i += 1) {
      expect((await attempt(proxied, email, passwordOf(email), '198.51.100.77')).status).toBe(200);
    }
  });
});

describe('other limits', () => {
  it('count changes and invites of each account for itself', async () => {
    // Logins from this address are used up by the test above, so sessions are made by waiting for nothing: another account.
    const owner = await proxied.login('owner@north.test');
    expect(
      (await owner.send('POST', '/api/orgs/north/spaces', { body: { name: 'a' } })).headers[
        'ratelimit-limit'
      ],
    ).toBeDefined();
    await direct.sql('delete from ops.rate_buckets');
    const [one, two] = [await direct.login('owner@north.test'), await direct.login('admin@north.test')];
    const make = (client: typeof one) =>
      client.send('POST', '/api/orgs/north/spaces', { body: { name: 'a' } });
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await make(one)).status);
    expect(statuses).toEqual([201, 201, 201, 429]);
    const invite = () =>
      two.send('POST', '/api/orgs/north/invites', { body: { email: 'a@x.test', role: 'member' } });
    expect([(await invite()).status, (await invite()).status]).toEqual([201, 201]);
    const third = await invite();
    expect([third.status, third.headers['ratelimit-limit']]).toEqual([429, '2']);
    // Reading goes on.
    expect((await one.send('GET', '/api/orgs/north/feed')).status).toBe(200);
  });

  it.each(['/api/me', '/nothing/here'])(
    'count refused and unknown requests of an address too (%s)',
    async (path) => {
      await direct.sql('delete from ops.rate_buckets');
      const client = direct.anonymous();
      // The bucket refills while a slow machine empties it, so bursts go on until it is empty.
      const burst = async (): Promise<readonly number[]> =>
        (await Promise.all(Array.from({ length: 100 }, () => client.send('GET', path)))).map(
          ({ status }) => status,
        );
      let statuses: readonly number[] = [];
      for (let round = 0; round < 30 && !statuses.includes(429); round += 1) statuses = await burst();
      expect(statuses).toContain(429);
      expect((await client.send('GET', '/livez')).status).toBe(200);
      await direct.sql('delete from ops.rate_buckets');
    },
  );

  it('keep no address and no name in clear', async () => {
    const rows = JSON.stringify(await proxied.sql('select key from ops.rate_buckets'));
    expect(rows).not.toMatch(/203\.0\.113|192\.0\.2|@/);
  });

  it('come from the configuration, which must be numbers', () => {
    expect(limitsFrom({ LIMIT_LOGIN_PER_MINUTE: '7' }).loginAddress).toEqual({ capacity: 7, perSeconds: 60 });
    expect(limitsFrom({}).loginAddress).toEqual({ capacity: 5, perSeconds: 60 });
    for (const wrong of ['0', '-1', 'many', '1.5']) {
      expect(() => limitsFrom({ LIMIT_LOGIN_PER_MINUTE: wrong })).toThrow(LimitError);
    }
  });
});
