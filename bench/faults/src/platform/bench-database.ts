import { join } from 'node:path';
import {
  migrate,
  provisionRoles,
  seedDemo,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@launch-ready/platform';

/** One database server for the whole bench; every platform gets a database of its own. */
export interface BenchDatabase {
  /** A database with the platform's tables and the content of the demo. */
  fresh(): Promise<OwnDatabase>;
  /** The same, with the tables as the migrations of this copy make them. */
  migratedBy(copy: string): Promise<OwnDatabase>;
  /** Password of a seeded account. */
  password(address: string): string;
  stop(): Promise<void>;
}

interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Passwords protect nothing here: the server has a private socket, the accounts live for seconds. */
const password = (address: string): string => `Bench-${address.replace('@', '-at-')}-Qw7`;

/** Secret that the database's roles are made with; all platforms on one server share it. */
export const benchSecret = 'bench of faults, on a private socket';

/** Starts the server and prepares the database that others are copied from. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const server = await startEmbeddedPostgres();
  let made = 0;
  const own = (name: string, url: string): OwnDatabase => ({ url, drop: () => server.dropDatabase(name) });
  const nextName = (): string => `bench_${(made += 1)}`;
  try {
    const template = 'bench_template';
    await fill(server, template, undefined);
    return {
      fresh: async () => {
        const name = nextName();
        return own(name, await server.createDatabase(name, { template }));
      },
      migratedBy: async (copy) => {
        const name = nextName();
        return own(name, await fill(server, name, join(copy, 'migrations')));
      },
      password,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function fill(server: EmbeddedPostgres, name: string, migrations: string | undefined): Promise<string> {
  const url = await server.createDatabase(name);
  await provisionRoles(url, benchSecret);
  await migrate(url, migrations);
  await seedDemo({ databaseUrl: url, secret: benchSecret, password, fastHash: true });
  return url;
}
