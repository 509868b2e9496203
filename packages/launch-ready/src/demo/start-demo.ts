import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { seedDemo, startEmbeddedPostgres, startMailSink } from '@launch-ready/platform';
import { UserError } from '../user-error.ts';

/** A platform with two seeded tenants, running as its own process on this machine. */
export interface Demo {
  readonly origin: string;
  /** Target file that describes it; its environment variables are in `env`. */
  readonly targetFile: string;
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const platformFolder = dirname(fileURLToPath(import.meta.resolve('@launch-ready/platform/package.json')));
const startTimeoutMs = 30_000;

/**
 * Limits of a demo. Those that protect accounts keep their strict numbers, since the review proves them; those on ordinary
 * requests are raised, so that one machine may send a whole review in a few seconds.
 */
const roomyLimits = {
  LIMIT_ADDRESS_PER_MINUTE: '60000',
  LIMIT_DEFAULT_PER_MINUTE: '60000',
  LIMIT_WRITE_PER_MINUTE: '60000',
} as const;

/**
 * Starts the platform on an embedded database with two tenants and content. Everything is below one temporary folder, which
 * goes when it is stopped.
 * @throws {UserError} when the platform does not come up
 */
export async function startDemo(): Promise<Demo> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'launch-ready-demo-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const database = await startEmbeddedPostgres();
    undo.push(() => database.stop());
    const mail = await startMailSink(join(folder, 'mail'));
    undo.push(() => mail.stop());
    const platform = spawn(process.execPath, [join(platformFolder, 'src/main.ts'), 'serve'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...roomyLimits,
        PATH: process.env['PATH'],
        PORT: '0',
        DATABASE_URL: database.url(),
        SMTP_URL: mail.smtpUrl,
      },
    });
    undo.push(() => stopProcess(platform));
    const origin = await originOf(platform);
    const passwords = new Map<string, string>();
    await seedDemo({
      databaseUrl: database.url(),
      password: (address) => {
        const password = randomBytes(18).toString('base64url');
        passwords.set(address, password);
        return password;
      },
    });
    return {
      origin,
      targetFile: join(platformFolder, 'launch-ready.config.ts'),
      env: {
        PLATFORM_ORIGIN: origin,
        PLATFORM_MAIL_FOLDER: mail.folder,
        PLATFORM_DATABASE_URL: database.url(),
        ...Object.fromEntries([...passwords].map(([address, password]) => [variableOf(address), password])),
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `owner@north.test` becomes `NORTH_OWNER`. */
function variableOf(address: string): string {
  const [person = '', host = ''] = address.split('@');
  return `${host.split('.')[0] ?? ''}_${person}`.toUpperCase();
}

/** The platform writes its address to standard error once it answers. */
async function originOf(platform: ChildProcess): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new UserError(`the platform did not start: ${why}`));
    const timer = setTimeout(() => fail(`it took more than ${startTimeoutMs / 1000} s`), startTimeoutMs);
    platform.once('exit', () => {
      clearTimeout(timer);
      fail(lines.at(-1) ?? 'it ended without a word');
    });
    if (platform.stderr === null) return fail('it has no output');
    createInterface({ input: platform.stderr }).on('line', (line) => {
      lines.push(line);
      if (!line.startsWith('http')) return;
      clearTimeout(timer);
      resolve(line.trim());
    });
  });
}

async function stopProcess(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGTERM');
  const timer = setTimeout(() => process.kill('SIGKILL'), 12_000);
  await ended;
  clearTimeout(timer);
}
