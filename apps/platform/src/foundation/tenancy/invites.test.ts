import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Client as Visitor } from '../../testing/client.ts';
import { type TestPlatform, secretIn, startTestPlatform } from '../../testing/test-platform.ts';
import type { Role } from '../policy/roles.ts';
import { expireInvite } from './expire-invite.ts';

let world: TestPlatform;

beforeAll(async () => {
  world = await startTestPlatform();
}, 60_000);

afterAll(() => world.stop());

let sequence = 0;
const freshAddress = (): string => `guest${(sequence += 1)}@guests.test`;

/** Invites somebody who has an account, and returns the secret from the mail. */
const invite = async (inviter: Visitor, email: string, role: Role = 'member') => {
  const seen = await world.mailCount(email);
  const answer = await inviter.send('POST', '/api/orgs/north/invites', { body: { email, role } });
  if (answer.status !== 201) throw new Error(`invite answered ${answer.status} ${answer.text}`);
  const token = secretIn(await world.mailTo(email, 'invited', seen));
  return { id: z.object({ id: z.string() }).parse(answer.json).id, token, text: answer.text };
};

const guest = async (email: string): Promise<Visitor> => {
  await world.addAccount(email);
  return world.login(email);
};

const accept = (client: Visitor, token: string) =>
  client.send('POST', '/api/invites/accept', { body: { token } });
const isMember = async (client: Visitor): Promise<boolean> =>
  (await client.send('GET', '/api/orgs/north')).status === 200;

describe('an invite', () => {
  it('lets the person it was mailed to join, as the role it names', async () => {
    const email = freshAddress();
    const client = await guest(email);
    const { token } = await invite(await world.login('owner@north.test'), email, 'client');
    const answer = await accept(client, token);
    expect([answer.status, answer.json]).toEqual([
      200,
      { organisation: { id: world.north.id, slug: 'north', name: 'north collective' }, role: 'client' },
    ]);
    expect((await client.send('GET', '/api/orgs/north')).json).toMatchObject({ role: 'client' });
  });

  it('works once, however many try at the same moment', async () => {
    const email = freshAddress();
    const client = await guest(email);
    const { token } = await invite(await world.login('owner@north.test'), email);
    // All of them are let up to the invite before the first may take it.
    const gate = new Client({ connectionString: world.platform.databaseUrl });
    await gate.connect();
    await gate.query('begin');
    await gate.query('select 1 from app.invites where email = $1 for update', [email]);
    const asked = Promise.all(Array.from({ length: 10 }, () => accept(client, token)));
    const waiting =
      "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await expect.poll(async () => (await world.sql(waiting))[0]?.['n'], { timeout: 20_000 }).toBe(10);
    await gate.query('commit');
    await gate.end();
    const statuses = (await asked).map((answer) => answer.status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
    const used = await world.sql('select used_by from app.invites where email = $1 and used_at is not null', [
      email,
    ]);
    expect(used).toHaveLength(1);
  });

  it('does not bring back somebody who was removed after using it', async () => {
    const email = freshAddress();
    const client = await guest(email);
    const owner = await world.login('owner@north.test');
    const { token } = await invite(owner, email);
    await accept(client, token);
    const me = z
      .object({ user: z.object({ id: z.string() }) })
      .parse((await client.send('GET', '/api/me')).json);
    expect((await owner.send('DELETE', `/api/orgs/north/members/${me.user.id}`)).status).toBe(204);
    expect(await isMember(client)).toBe(false);
    expect((await accept(client, token)).status).toBe(400);
    expect(await isMember(client)).toBe(false);
    const again = await invite(owner, email, 'restricted');
    expect((await accept(client, again.token)).status).toBe(200);
  });

  it('works for nobody else, and stays usable for the one it is for', async () => {
    const email = freshAddress();
    const client = await guest(email);
    const thief = await guest(freshAddress());
    const { token } = await invite(await world.login('owner@north.test'), email);
    expect((await accept(world.anonymous(), token)).status).toBe(401);
    expect((await accept(thief, token)).status).toBe(403);
    expect(await isMember(thief)).toBe(false);
    expect((await accept(client, token)).status).toBe(200);
  });

  it('is not used up by looking at it', async () => {
    const email = freshAddress();
    const client = await guest(email);
    const { token } = await invite(await world.login('owner@north.test'), email);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      for (const path of [`/invites/accept?token=${token}`, `/api/invites/accept?token=${token}`]) {
        expect((await client.send(method, path)).status).toBe(404);
      }
    }
    expect(await isMember(client)).toBe(false);
    expect((await accept(client, token)).status).toBe(200);
  });

  it('does not work after it was withdrawn, or after its time', async () => {
    const owner = await world.login('owner@north.test');
    const { databaseUrl } = world.platform;
    const ends = {
      withdrawn: async (id: string) =>
        (await owner.send('DELETE', `/api/orgs/north/invites/${id}`)).status === 204,
      // Only its token names an invite to the clock's hook.
      expired: async (id: string, token: string) =>
        !(await expireInvite(id, databaseUrl)) && (await expireInvite(token, databaseUrl)),
    };
    for (const end of ['withdrawn', 'expired'] as const) {
      const email = freshAddress();
      const client = await guest(email);
      const { id, token } = await invite(owner, email);
      expect(await ends[end](id, token)).toBe(true);
      expect([end, (await accept(client, token)).status]).toEqual([end, 400]);
      expect(await isMember(client)).toBe(false);
      expect((await owner.send('GET', `/api/orgs/north/invites/${id}`)).json).toMatchObject({
        status: end === 'withdrawn' ? 'revoked' : 'expired',
      });
    }
  });

  it('does not work when its sender may no longer send it, or is gone', async () => {
    const owner = await world.login('owner@north.test');
    for (const end of ['demoted', 'removed'] as const) {
      const sender = await world.addMember(world.north, 'admin', `${end}@north.test`);
      const email = freshAddress();
      const client = await guest(email);
      const { token } = await invite(await world.login(`${end}@north.test`), email, 'admin');
      const path = `/api/orgs/north/members/${sender}`;
      const done =
        end === 'demoted'
          ? await owner.send('PATCH', path, { body: { role: 'staff' } })
          : await owner.send('DELETE', path);
      expect(done.status).toBeLessThan(300);
      expect([end, (await accept(client, token)).status]).toEqual([end, 400]);
      expect(await isMember(client)).toBe(false);
    }
  });

  it('shows its secret to the mailbox only, and is stored as a hash', async () => {
    const email = freshAddress();
    const { token, text } = await invite(await world.login('owner@north.test'), email);
    expect(text).not.toContain(token);
    const owner = await world.login('owner@north.test');
    expect((await owner.send('GET', '/api/orgs/north/invites?limit=100')).text).not.toContain(token);
    expect(JSON.stringify(await world.sql('select * from app.invites'))).not.toContain(token);
    expect(world.log()).not.toContain(token);
  });

  it('lives two days', async () => {
    const answer = await (
      await world.login('owner@north.test')
    ).send('POST', '/api/orgs/north/invites', {
      body: { email: freshAddress(), role: 'member' },
    });
    const { createdAt, expiresAt } = z
      .object({ createdAt: z.string(), expiresAt: z.string() })
      .parse(answer.json);
    expect(Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000)).toBe(48);
  });
});
