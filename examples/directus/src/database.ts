import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, closeSync, cpSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgres as installed } from './install.ts';
import { isRoot, unprivileged, type Places } from './places.ts';

export interface Database {
  readonly process: ChildProcess;
  /** Folder of the socket; there is no TCP port. */
  readonly host: string;
  readonly user: string;
  readonly name: string;
}

const identity = isRoot ? { uid: unprivileged, gid: unprivileged } : {};

/** Starts PostgreSQL on a socket in a private folder, making its data folder the first time. */
export async function startDatabase(
  places: Places,
  started: (pid: number | null) => void,
): Promise<Database> {
  const native = places.postgresCopy ?? installed;
  if (!existsSync(native)) cpSync(installed, native, { recursive: true, verbatimSymlinks: true });
  mkdirSync(dirname(places.database), { recursive: true });
  mkdirSync(places.database, { recursive: true, mode: 0o700 });
  if (isRoot) chownSync(places.database, unprivileged, unprivileged);
  chmodSync(places.database, 0o700);

  const data = join(places.database, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const args = ['-D', data, '-U', 'directus', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    const made = spawnSync(join(native, 'bin', 'initdb'), args, {
      ...identity,
      cwd: places.database,
      encoding: 'utf8',
    });
    if (made.status !== 0)
      throw new Error(`initdb failed: ${made.stderr.trim().split('\n').at(-1) ?? 'no message'}`);
  }

  const log = openSync(join(places.folder, 'postgres.log'), 'a', 0o600);
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${places.database}`,
    'fsync=off',
    'max_connections=50',
  ];
  const server = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...identity,
      cwd: places.database,
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  closeSync(log);
  started(server.pid ?? null);
  const socket = join(places.database, '.s.PGSQL.5432');
  for (let waited = 0; !existsSync(socket); waited += 100) {
    if (server.exitCode !== null || waited > 20_000)
      throw new Error(`postgres did not start; see ${join(places.folder, 'postgres.log')}`);
    await sleep(100);
  }
  return { process: server, host: places.database, user: 'directus', name: 'postgres' };
}
