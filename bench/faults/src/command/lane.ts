import { mkdirSync } from 'node:fs';
import * as z from 'zod';
import { inputKinds } from '../inputs/discover-by.ts';
import { openBenchDatabase, type BenchDatabase } from '../platform/bench-database.ts';
import { Stopped } from '../walk/review-target.ts';
import { runTask } from '../walk/run-task.ts';
import { task } from '../walk/task.ts';

/*
 * A process that does reviews for the bench: one process has one core for all its reviews and for the worlds that run in it.
 * It is given tasks by messages, as many at a time as whoever started it likes, and ends when that one is gone.
 */

const asked = z.strictObject({ number: z.int(), task });

const [folder = '', given = ''] = process.argv.slice(2);
const input = z.enum(inputKinds).parse(given);
mkdirSync(folder, { recursive: true });

const stop = new AbortController();
let opened: Promise<BenchDatabase> | undefined;
const bench = {
  database: () => (opened ??= openBenchDatabase()),
  folder,
  signal: stop.signal,
  input,
};

let open = 0;
const endIfDone = async (): Promise<void> => {
  if (!stop.signal.aborted || open > 0) return;
  const database = await opened?.catch(() => undefined);
  await database?.stop();
  process.exit();
};
const end = (): void => {
  stop.abort();
  void endIfDone();
};
process.on('disconnect', end);
// Whoever presses Ctrl-C reaches the whole group; the bench itself decides what is to end.
process.on('SIGINT', () => undefined);
process.on('message', (message: unknown) => {
  const { number, task: wanted } = asked.parse(message);
  open += 1;
  runTask(bench, wanted)
    .then(
      (result) => ({ number, result }),
      (error: unknown) => {
        if (error instanceof Stopped) return { number, stopped: true };
        return { number, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      },
    )
    .then((answer) => {
      if (process.connected) process.send?.(answer);
      open -= 1;
      return endIfDone();
    })
    .catch((error: unknown) => {
      throw error;
    });
});
