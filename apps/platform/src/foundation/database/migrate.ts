import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import * as z from 'zod';

/** Where the numbered migrations lie. */
const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Why the schema of a database and the migrations of this version do not fit together. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** All migrations in order. */
const readMigrations = async (folder: string = migrationsFolder): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

const appliedRows = z.array(z.object({ name: z.string(), checksum: z.string() }));

/**
 * Brings the schema up to date as `lr_owner`, each migration in its own transaction, one process at a time.
 *
 * @returns names of the migrations applied now.
 * @throws MigrationError when an applied migration was changed afterwards or is unknown to this version.
 */
export const migrate = async (
  adminUrl: string,
  folder: string = migrationsFolder,
): Promise<readonly string[]> => {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('launch-ready migrations'))");
    for (const schema of ['identity', 'app', 'ops']) {
      await client.query(`create schema if not exists ${schema} authorization lr_owner`);
    }
    await client.query('set role lr_owner');
    await client.query("set lock_timeout = '5s'");
    await client.query(
      'create table if not exists ops.schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    await client.query(
      'grant usage on schema ops to lr_app; grant select on ops.schema_migrations to lr_app',
    );
    const applied = appliedRows.parse(
      (await client.query('select name, checksum from ops.schema_migrations')).rows,
    );
    refuseSurprises(applied, migrations);
    const known = new Set(applied.map(({ name }) => name));
    const fresh = migrations.filter(({ name }) => !known.has(name));
    for (const migration of fresh) await apply(client, migration);
    return fresh.map(({ name }) => name);
  } finally {
    await client.end();
  }
};

const apply = async (client: Client, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into ops.schema_migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(
      `${migration.name} failed: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
  }
};

const refuseSurprises = (applied: z.infer<typeof appliedRows>, migrations: readonly Migration[]): void => {
  for (const { name, checksum } of applied) {
    const known = migrations.find((migration) => migration.name === name);
    if (known === undefined)
      throw new MigrationError(`the database has ${name}, which this version does not know`);
    if (known.checksum !== checksum)
      throw new MigrationError(`${name} was changed after it had been applied`);
  }
};
