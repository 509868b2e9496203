import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Mode } from './options.ts';

export const isRoot = process.getuid?.() === 0;

/** An account without rights, for PostgreSQL, which refuses to run as root. */
export const unprivileged = 65_534;

const cache = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'launch-ready',
  'examples',
  'directus',
);

/** Root's home is closed to the account that runs PostgreSQL, so root keeps databases here, apart for every cache. */
const reachable = join(
  '/var/lib/launch-ready/examples',
  `directus-${createHash('sha256').update(cache).digest('hex').slice(0, 8)}`,
);

/** Where the installed application is, the same for both configurations. */
export const applicationFolder = join(cache, 'app');

export interface Places {
  /** Everything of this configuration but its database. */
  readonly folder: string;
  /** Passwords and address, to be sourced by a shell; readable by the owner only. */
  readonly accounts: string;
  /** Process ids of what runs now. */
  readonly running: string;
  /** Data and socket of PostgreSQL. */
  readonly database: string;
  /** Where a PostgreSQL that runs without rights can read its own program; null: in the installed application. */
  readonly postgresCopy: string | null;
}

/** Where things of one configuration are kept: in the cache, and the database of root where its unprivileged server can reach it. */
export function placesOf(mode: Mode): Places {
  const folder = join(cache, mode);
  return {
    folder,
    accounts: join(folder, 'accounts.env'),
    running: join(folder, 'running.json'),
    database: join(isRoot ? reachable : cache, mode, 'postgres'),
    postgresCopy: isRoot ? join(reachable, 'native') : null,
  };
}
