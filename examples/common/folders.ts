import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'launch-ready', 'examples');

export const isRoot = process.getuid?.() === 0;

/** Where an example's application, logs and passwords are kept: never in the repository. */
export const folderOf = (example: string): string => join(cache, example);

/** Root's home is closed to the account without rights that runs PostgreSQL, so root keeps databases here, apart for every cache. */
export const databaseFolderOf = (example: string): string =>
  isRoot
    ? join(
        '/var/lib/launch-ready/examples',
        `${example}-${createHash('sha256').update(cache).digest('hex').slice(0, 8)}`,
      )
    : join(cache, example, 'database');
