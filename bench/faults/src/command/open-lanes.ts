import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { InputKind } from '../inputs/discover-by.ts';
import { Stopped } from '../walk/review-target.ts';
import { taskResult, type Task, type TaskResult } from '../walk/task.ts';

/** Processes that do reviews. */
export interface Lanes {
  /** @throws {Stopped} when the lanes are closed meanwhile */
  run(task: Task): Promise<TaskResult>;
  close(): Promise<void>;
}

const answered = z.union([
  z.strictObject({ number: z.int(), result: taskResult }),
  z.strictObject({ number: z.int(), stopped: z.literal(true) }),
  z.strictObject({ number: z.int(), broken: z.string() }),
]);

/** Opens so many processes; a task goes to the one that has least to do. */
export function openLanes(
  count: number,
  options: { readonly folder: string; readonly input: InputKind },
): Lanes {
  const lanes = Array.from({ length: count }, (_, index) =>
    openLane(join(options.folder, `lane-${index + 1}`), options.input),
  );
  return {
    run: (task) => {
      const [first, ...others] = lanes;
      if (first === undefined) throw new Error('there is no lane');
      return others.reduce((least, lane) => (lane.open() < least.open() ? lane : least), first).run(task);
    },
    close: async () => void (await Promise.all(lanes.map((lane) => lane.close()))),
  };
}

interface Waiting {
  resolve(result: TaskResult): void;
  reject(error: Error): void;
}

function openLane(folder: string, input: InputKind) {
  const child: ChildProcess = fork(fileURLToPath(new URL('lane.ts', import.meta.url)), [folder, input]);
  const ended = once(child, 'exit');
  const waiting = new Map<number, Waiting>();
  let number = 0;
  child.on('message', (message) => {
    const answer = answered.parse(message);
    const asker = waiting.get(answer.number);
    waiting.delete(answer.number);
    if ('result' in answer) asker?.resolve(answer.result);
    else asker?.reject('broken' in answer ? new Error(answer.broken) : new Stopped('stopped'));
  });
  child.once('exit', () => {
    for (const asker of waiting.values()) asker.reject(new Error('a process of the bench ended early'));
    waiting.clear();
  });
  return {
    open: () => waiting.size,
    run: (task: Task): Promise<TaskResult> =>
      new Promise((resolve, reject) => {
        number += 1;
        waiting.set(number, { resolve, reject });
        child.send({ number, task });
      }),
    close: async (): Promise<void> => {
      for (const asker of waiting.values()) asker.reject(new Stopped('stopped'));
      waiting.clear();
      if (child.connected) child.disconnect();
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}
