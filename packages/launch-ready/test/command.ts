import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const bin = fileURLToPath(new URL('../bin/launch-ready.js', import.meta.url));

/** What a command has said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written to standard error so far. */
  said(): string;
}

export interface CommandSetting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the real command as a process of its own, without a terminal. */
export function start(args: readonly string[], setting: CommandSetting): Running {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: setting.cwd,
    // Compiled modules are kept, since every test starts the command anew.
    env: { PATH, NODE_COMPILE_CACHE: join(tmpdir(), 'launch-ready-compiled'), ...setting.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const end = { code, signal, stdout, stderr };
      try {
        expectReadable(end);
        resolve(end);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  return { child, ended, said: () => stderr };
}

/** Runs the command to its end. */
export const run = (args: readonly string[], setting: CommandSetting): Promise<Ended> =>
  start(args, setting).ended;

/** The lines by which the command says that something is wrong. */
export const complaints = ({ stderr }: Ended): readonly string[] =>
  stderr.split('\n').filter((line) => line.startsWith('launch-ready:'));

/** The only complaint of a command; fails when there is none or more than one. */
export function complaint(end: Ended): string {
  const lines = complaints(end);
  expect(lines, end.stderr).toHaveLength(1);
  return lines.join('');
}

/** Nothing a user reads may look like a stack trace, a fault of the command or colour where there is no terminal. */
function expectReadable({ stdout, stderr }: Ended): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(text).not.toMatch(/node:internal|fault of launch-ready itself|\bfile:\/\//);
    expect(text).not.toContain('\u001B');
  }
}
