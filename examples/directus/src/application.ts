import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator, type Secrets } from './accounts.ts';
import type { Database } from './database.ts';
import { directus, node } from './install.ts';
import type { Places } from './places.ts';

export interface ApplicationSetting {
  readonly places: Places;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly url: string;
  readonly port: number;
}

/** Makes the system tables (the first time), starts Directus on loopback and waits until it answers. */
export async function startApplication(
  setting: ApplicationSetting,
  started: (pid: number | null) => void,
): Promise<ChildProcess> {
  const bootstrap = run(setting, 'bootstrap');
  started(bootstrap.pid ?? null);
  const [bootstrapCode] = await once(bootstrap, 'exit');
  if (bootstrapCode !== 0) throw new Error(`directus bootstrap failed; see ${logOf(setting.places)}`);
  const server = run(setting, 'start');
  started(server.pid ?? null);
  for (let waited = 0; ; waited += 250) {
    if (server.exitCode !== null || waited > 120_000)
      throw new Error(`directus did not start; see ${logOf(setting.places)}`);
    if (await answers(`${setting.url}/server/ping`)) return server;
    await sleep(250);
  }
}

const logOf = (places: Places): string => join(places.folder, 'directus.log');

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function run(setting: ApplicationSetting, command: 'bootstrap' | 'start'): ChildProcess {
  const log = openSync(logOf(setting.places), 'a', 0o600);
  mkdirSync(join(setting.places.folder, 'uploads'), { recursive: true });
  const child = spawn(node, [directus, command], {
    cwd: setting.places.folder,
    env: { PATH: process.env['PATH'], HOME: setting.places.folder, ...configuration(setting) },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  return child;
}

/** Everything not named here is as Directus ships it. */
function configuration({
  database,
  secrets,
  url,
  port,
  places,
}: ApplicationSetting): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    SECRET: secrets['DIRECTUS_SECRET'] ?? '',
    DB_CLIENT: 'pg',
    DB_HOST: database.host,
    DB_PORT: '5432',
    DB_USER: database.user,
    DB_PASSWORD: 'unused',
    DB_DATABASE: database.name,
    ADMIN_EMAIL: operator.email,
    ADMIN_PASSWORD: secrets[operator.variable] ?? '',
    ADMIN_TOKEN: secrets[operator.token] ?? '',
    STORAGE_LOCAL_ROOT: join(places.folder, 'uploads'),
    TEMP_PATH: join(places.folder, 'temporary'),
    // Nothing leaves this machine.
    TELEMETRY: 'false',
    EMAIL_VERIFY_SETUP: 'false',
    // For reviews of a login that expires early.
    ACCESS_TOKEN_TTL: process.env['ACCESS_TOKEN_TTL'] ?? '15m',
  };
}
