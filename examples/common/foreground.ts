import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Program {
  /** Names its log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly identity?: { readonly uid: number; readonly gid: number };
  /** What asks it to end; SIGTERM by default. */
  readonly signal?: 'SIGINT';
}

/** Programs that live as long as this one. */
export interface Foreground {
  start(program: Program): ChildProcess;
  /** Ends all of them, the last first. */
  end(): Promise<void>;
}

/** Runs programs with their output in a folder of logs; they end with Ctrl-C, and with whichever ends first. */
export function createForeground(logs: string): Foreground {
  const running: { readonly child: ChildProcess; readonly program: Program }[] = [];
  let ending = false;

  const end = async (): Promise<void> => {
    ending = true;
    for (const { child, program } of running.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill(program.signal ?? 'SIGTERM');
      const gone = await Promise.race([once(child, 'exit'), sleep(10_000, null)]);
      if (gone === null) child.kill('SIGKILL');
    }
  };
  const finish = async (code: number): Promise<void> => {
    if (ending) return;
    await end();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void finish(0));

  return {
    end,
    start: (program) => {
      mkdirSync(logs, { recursive: true, mode: 0o700 });
      const log = openSync(join(logs, `${program.name}.log`), 'a', 0o600);
      const child = spawn(program.command, [...program.args], {
        cwd: program.cwd,
        env: { PATH: process.env['PATH'], HOME: logs, ...program.env },
        stdio: ['ignore', log, log],
        ...program.identity,
      });
      closeSync(log);
      running.push({ child, program });
      child.on('exit', () => {
        if (!ending)
          console.error(`${program.name} ended by itself; see ${join(logs, `${program.name}.log`)}`);
        void finish(1);
      });
      return child;
    },
  };
}

/** Waits until an address answers with anything. Throws an Error after two minutes. */
export async function untilAnswering(url: string): Promise<void> {
  for (let waited = 0; waited < 120_000; waited += 250) {
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(250);
    }
  }
  throw new Error(`${url} does not answer`);
}
