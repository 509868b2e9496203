import { spawn } from 'node:child_process';
import type { Account } from '../../traps/store.ts';
import { buildSite, nextCommand, quiet } from './build-site.ts';

/** Starts the built site in a process of its own. */
export async function startSite(
  accounts: readonly Account[],
  switches: ReadonlySet<string>,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const folder = await buildSite();
  const child = spawn(process.execPath, [nextCommand, 'start', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd: folder,
    env: {
      ...process.env,
      ...quiet,
      NOTES_ACCOUNTS: JSON.stringify(accounts),
      NOTES_SWITCHES: [...switches].join(','),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended;
  };
  const origin = await new Promise<string>((resolve, reject) => {
    let said = '';
    const listen = (piece: Buffer): void => {
      said += piece.toString();
      const port = /https?:\/\/[\w.]+:(\d+)/.exec(said)?.[1];
      if (port !== undefined && said.includes('Ready')) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`next start ended: ${said.trim().slice(-400)}`)));
  });
  return { origin, close };
}
