import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRoot } from './folders.ts';
import type { Foreground } from './foreground.ts';
import { postgresPackage } from './install.ts';

/** An account without rights, for PostgreSQL, which refuses to run as root. */
const nobody = 65_534;
const identity = isRoot ? { uid: nobody, gid: nobody } : undefined;

export interface PostgresSetting {
  /** Folder that the package of PostgreSQL is installed in. */
  readonly application: string;
  /** Folder of the data. */
  readonly folder: string;
  /** Port on 127.0.0.1. */
  readonly port: number;
  readonly password: string;
}

/** Starts an empty PostgreSQL on loopback. Gives its address, password included. */
export async function startPostgres(foreground: Foreground, setting: PostgresSetting): Promise<string> {
  const { folder, port, password } = setting;
  const installed = join(setting.application, 'node_modules', postgresPackage, 'native');
  const native = isRoot ? join(folder, 'native') : installed;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(native)) cpSync(installed, native, { recursive: true, verbatimSymlinks: true });
  const home = join(folder, 'run');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { mode: 0o700 });
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot) for (const path of [home, passwordFile]) chownSync(path, nobody, nobody);
  chmodSync(home, 0o700);

  const data = join(home, 'data');
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      '-D',
      data,
      '-U',
      'example',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...identity, cwd: home, encoding: 'utf8' },
  );
  if (made.status !== 0)
    throw new Error(`initdb failed: ${made.stderr.trim().split('\n').at(-1) ?? 'no message'}`);
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${home}`,
    'fsync=off',
  ];
  foreground.start({
    name: 'postgres',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', data, ...settings.flatMap((one) => ['-c', one])],
    cwd: home,
    ...(identity ? { identity } : {}),
    signal: 'SIGINT',
  });
  const socket = join(home, `.s.PGSQL.${port}`);
  for (let waited = 0; !existsSync(socket); waited += 100) {
    if (waited > 20_000) throw new Error('postgres did not start; see its log');
    await sleep(100);
  }
  return `postgres://example:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}
