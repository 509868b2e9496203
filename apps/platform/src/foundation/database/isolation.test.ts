import { randomUUID } from 'node:crypto';
import { Client, Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentSecret } from '../config/config.ts';
import { hashSecret } from '../identity/hash-secret.ts';
import { type TestPlatform, startTestPlatform } from '../../testing/test-platform.ts';
import { startPlatform } from '../../start-platform.ts';
import { openDatabase } from './database.ts';
import { urlForRole } from './database-urls.ts';
import { examine } from './doctor.ts';

let world: TestPlatform;
let app: Pool;

beforeAll(async () => {
  world = await startTestPlatform();
  app = new Pool({
    connectionString: urlForRole(world.platform.databaseUrl, 'lr_app', developmentSecret),
    max: 3,
  });
  app.on('error', () => undefined);
}, 60_000);

afterAll(async () => {
  await app.end();
  await world.stop();
});

const tables = ['tenants', 'memberships', 'invites', 'spaces', 'space_members', 'posts', 'comments'];

/** Runs in a transaction of the application's role inside a tenant, and takes it back. */
const inside = async <T>(tenantId: string, run: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await app.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.tenant', $1, true)", [tenantId]);
    return await run(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
};

describe('the database keeps tenants apart by itself', () => {
  it('has tables of tenants and no others', async () => {
    const rows = await world.sql("select tablename from pg_tables where schemaname = 'app'");
    expect(new Set(rows.map((row) => row['tablename']))).toEqual(new Set(tables));
  });

  it.each(tables)('shows nothing of %s outside of a tenant', async (table) => {
    const all = await world.sql(`select count(*)::int as n from app.${table}`);
    expect(all[0]?.['n']).toBeGreaterThan(0);
    expect((await app.query(`select * from app.${table}`)).rows).toEqual([]);
  });

  it.each(tables)(
    'shows, changes and deletes only rows of %s of the tenant that was entered',
    async (table) => {
      await inside(world.north.id, async (client) => {
        const seen = await client.query(`select distinct tenant_id from app.${table}`);
        expect(seen.rows.every((row) => row.tenant_id === world.north.id)).toBe(true);
        const foreign = `where tenant_id = '${world.south.id}'`;
        expect(
          (await client.query(`update app.${table} set created_at = created_at ${foreign}`)).rowCount,
        ).toBe(0);
        if (table === 'tenants' || table === 'memberships') return;
        expect((await client.query(`delete from app.${table} ${foreign}`)).rowCount).toBe(0);
      });
    },
  );

  it('accepts no row for another tenant', async () => {
    const attempt = inside(world.north.id, (client) =>
      client.query(
        "insert into app.spaces (tenant_id, id, name, visibility, created_by) values ($1, $2, 'x', 'open', $3)",
        [world.south.id, randomUUID(), world.south.actors.owner.id],
      ),
    );
    await expect(attempt).rejects.toThrow(/row-level security/);
  });

  it('lets no row move to another tenant', async () => {
    const attempt = inside(world.north.id, (client) =>
      client.query('update app.posts set tenant_id = $1', [world.south.id]),
    );
    await expect(attempt).rejects.toThrow(/row-level security/);
  });

  it('lets no row refer to another tenant', async () => {
    const attempt = inside(world.north.id, (client) =>
      client.query(
        'insert into app.comments (tenant_id, id, post_id, author_id, body) values ($1, $2, $3, $4, $5)',
        [world.north.id, randomUUID(), world.south.posts[0], world.north.actors.owner.id, 'x'],
      ),
    );
    await expect(attempt).rejects.toThrow(/foreign key/);
  });

  it('hides accounts, passwords and sessions from the role that serves requests', async () => {
    for (const table of ['users', 'accounts', 'sessions', 'verifications']) {
      await expect(app.query(`select 1 from identity.${table}`)).rejects.toThrow(/permission denied/);
    }
  });

  it('forgets the tenant at the end of the transaction', async () => {
    const client = await app.connect();
    try {
      await client.query('begin');
      await client.query("select set_config('app.tenant', $1, true)", [world.north.id]);
      expect((await client.query('select 1 from app.posts')).rowCount).toBeGreaterThan(0);
      await client.query('commit');
      expect((await client.query('select 1 from app.posts')).rowCount).toBe(0);
    } finally {
      client.release();
    }
  });
});

const sessionOf = async (email: string): Promise<string> => {
  const client = await world.login(email);
  return hashSecret(client.cookie?.split('=')[1] ?? '');
};

describe('entering', () => {
  it('shows the tenant to its member, for this transaction', async () => {
    const session = await sessionOf('member@north.test');
    const seen = await openDatabase(app).asSession(session, 'north', async (tx, entered) => ({
      entered,
      posts: (await tx.selectFrom('app.posts').select('id').execute()).length,
    }));
    expect(seen?.entered.tenant).toEqual({ id: world.north.id, slug: 'north', role: 'member' });
    expect(seen?.posts).toBe(6);
  });

  it('shows nothing to somebody who is no member', async () => {
    const session = await sessionOf('member@north.test');
    const seen = await openDatabase(app).asSession(session, 'south', async (tx, entered) => ({
      tenant: entered.tenant,
      posts: (await tx.selectFrom('app.posts').select('id').execute()).length,
    }));
    expect(seen).toEqual({ tenant: null, posts: 0 });
  });

  it('shows nothing after a failed entry in the same transaction', async () => {
    const session = await sessionOf('member@north.test');
    const client = await app.connect();
    try {
      await client.query('begin');
      await client.query('select * from app.enter($1, $2)', [session, 'north']);
      await client.query('select * from app.enter($1, $2)', ['0'.repeat(64), 'north']);
      expect((await client.query('select 1 from app.posts')).rowCount).toBe(0);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('does not run for a session that is unknown, expired, or of a removed member', async () => {
    const database = openDatabase(app);
    expect(await database.whoIs('0'.repeat(64), 'north')).toBeNull();
    const id = await world.addMember(world.north, 'member', 'leaver@north.test');
    const session = await sessionOf('leaver@north.test');
    expect((await database.whoIs(session, 'north'))?.tenant?.role).toBe('member');
    await world.sql("update app.memberships set status = 'removed' where user_id = $1", [id]);
    expect((await database.whoIs(session, 'north'))?.tenant).toBeNull();
    await world.sql(
      "update identity.sessions set idle_until = now() - interval '1 second' where user_id = $1",
      [id],
    );
    expect(await database.whoIs(session, 'north')).toBeNull();
  });
});

describe('the doctor', () => {
  it('finds nothing in what the migrations made', async () => {
    expect(await examine(app)).toEqual([]);
  });

  const damages: readonly (readonly [string, string, RegExp])[] = [
    [
      'a table without row-level security',
      'alter table app.posts disable row level security',
      /app\.posts.*not enabled/,
    ],
    [
      'row-level security that spares the owner',
      'alter table app.posts no force row level security',
      /app\.posts.*forced/,
    ],
    [
      'a policy that lets everything through',
      'create policy leak on app.posts for select using (true)',
      /unexpected policy leak/,
    ],
    [
      'a missing policy',
      'drop policy tenant_isolation on app.comments',
      /app\.comments has no isolating policy/,
    ],
    [
      'a policy without a check of writes',
      'alter policy tenant_isolation on app.posts with check (true)',
      /app\.posts/,
    ],
    [
      'a new table that forgets its tenant',
      'create table app.notes (id int primary key); alter table app.notes owner to lr_owner',
      /app\.notes has no tenant_id/,
    ],
    [
      'a new table of tenants without policies',
      'create table app.notes (tenant_id uuid not null primary key); alter table app.notes owner to lr_owner',
      /app\.notes/,
    ],
    [
      'a reference without the tenant',
      'create unique index u on app.posts (id); alter table app.comments add foreign key (post_id) references app.posts (id)',
      /could point into another tenant/,
    ],
    [
      'a function with rights of its owner',
      "create function app.oops() returns int language sql security definer as 'select 1'",
      /app\.oops acts with the rights/,
    ],
    [
      'a definer function without a pinned search path',
      'alter function app.enter(text, text) reset search_path',
      /app\.enter acts/,
    ],
    [
      'a definer function that everybody may call',
      'grant execute on function app.enter(text, text) to public',
      /app\.enter acts/,
    ],
    [
      'a view that shows what its owner sees',
      'create view app.all_posts as select * from app.posts; alter view app.all_posts owner to lr_owner',
      /app\.all_posts is a view/,
    ],
    [
      'access to sessions',
      'grant usage on schema identity to lr_app; grant select on identity.sessions to lr_app',
      /can reach identity\.sessions/,
    ],
    [
      'access to posts for the role of accounts',
      'grant select on app.posts to lr_auth',
      /lr_auth can reach app\.posts/,
    ],
    [
      'access to one column of accounts',
      'grant usage on schema identity to lr_app; grant select (password) on identity.accounts to lr_app',
      /can reach identity\.accounts/,
    ],
  ];

  it.each(damages)('notices %s', async (_name, damage, expected) => {
    const client = new Client({ connectionString: world.platform.databaseUrl });
    await client.connect();
    try {
      // The damage lives in a transaction that is taken back; the examination runs inside it, as the application's role.
      await client.query('begin');
      await client.query(damage);
      await client.query('set local role lr_app');
      const findings = await examine(client);
      expect(findings.join('\n')).toMatch(expected);
    } finally {
      await client.query('rollback');
      await client.end();
    }
  });

  it('keeps the platform from starting', async () => {
    await world.sql('alter table app.posts no force row level security');
    try {
      const attempt = startPlatform({
        env: { PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: world.platform.databaseUrl },
      });
      await expect(attempt).rejects.toThrow(/does not isolate tenants.*app\.posts/);
    } finally {
      await world.sql('alter table app.posts force row level security');
    }
  });
});
