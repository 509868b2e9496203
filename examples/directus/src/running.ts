import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process ids of a start: itself and its two servers. */
export interface Running {
  readonly start: number;
  readonly application: number | null;
  readonly database: number | null;
}

export function writeRunning(path: string, running: Running): void {
  writeFileSync(path, JSON.stringify(running));
}

/** What runs according to the file, or null. */
export function readRunning(path: string): Running | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Running;
  } catch {
    return null;
  }
}

export const forgetRunning = (path: string): void => rmSync(path, { force: true });

/** Whether this process exists and is what the word says, so that a number used again by the system is not mistaken for ours. */
export function isOurs(pid: number | null, word: string): pid is number {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
  } catch {
    return false;
  }
}

/** Sends the signal and waits until the process is gone, by force after ten seconds. */
export async function end(pid: number | null, word: string, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  if (!isOurs(pid, word)) return;
  process.kill(pid, signal);
  for (let waited = 0; isOurs(pid, word); waited += 100) {
    if (waited === 10_000) process.kill(pid, 'SIGKILL');
    await sleep(100);
  }
}
