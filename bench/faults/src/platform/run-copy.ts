import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { benchSecret } from './bench-database.ts';

/** A copy of the platform that serves requests. */
export interface RunningCopy {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The copy ended, or said nothing, instead of serving. */
class CopyFailed extends Error {
  override readonly name = 'CopyFailed';
}

const startTimeoutMs = 60_000;

/** Limits on ordinary requests are raised, so that a review takes seconds; those that the review proves stay as they are. */
const roomyLimits = {
  LIMIT_ADDRESS_PER_MINUTE: '60000',
  LIMIT_DEFAULT_PER_MINUTE: '60000',
  LIMIT_WRITE_PER_MINUTE: '60000',
} as const;

/**
 * Runs a copy of the platform as its own process on a free port.
 * @throws {CopyFailed} when it does not come up
 */
export async function runCopy(options: {
  readonly copy: string;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly env: Readonly<Record<string, string>>;
}): Promise<RunningCopy> {
  const child = spawn(process.execPath, [join(options.copy, 'src/main.ts'), 'serve'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...roomyLimits,
      PATH: process.env['PATH'],
      PORT: '0',
      LOG_LEVEL: 'silent',
      PASSWORD_HASH: 'fast',
      PLATFORM_SECRET: benchSecret,
      DATABASE_URL: options.databaseUrl,
      SMTP_URL: options.smtpUrl,
      ...options.env,
    },
  });
  // When the bench is stopped at once, nothing it started may stay.
  const lastResort = (): void => void child.kill('SIGKILL');
  process.on('exit', lastResort);
  const stop = async (): Promise<void> => {
    await end(child);
    process.off('exit', lastResort);
  };
  try {
    return { origin: await originOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The platform writes its address to standard error once it answers. */
async function originOf(child: ChildProcess): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new CopyFailed(`the copy did not start: ${why}`));
    const timer = setTimeout(() => fail(`it took more than ${startTimeoutMs / 1000} s`), startTimeoutMs);
    child.once('close', () => {
      clearTimeout(timer);
      fail(lines.slice(-12).join(' | ') || 'it ended without a word');
    });
    if (child.stderr === null) return fail('it has no output');
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (!/^https?:\/\//.test(line)) return;
      clearTimeout(timer);
      resolve(line.trim());
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 12_000);
  await ended;
  clearTimeout(timer);
}
