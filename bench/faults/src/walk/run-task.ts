import { allFaults } from '../faults/all-faults.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import type { Bench } from './bench.ts';
import { Interrupted, Stopped } from './review-target.ts';
import { runPlatformTask } from './run-platform-task.ts';
import { runWorldTask } from './run-world-task.ts';
import type { Task, TaskResult } from './task.ts';

/** What a step saw, but for how it went. */
export type Seen = Omit<TaskResult, 'seconds' | 'interrupted'>;

/**
 * Does one review of a walk. One that fails is a problem of all faults it serves, and leaves their traps unmet.
 * @throws {Stopped} when the bench was stopped meanwhile
 */
export async function runTask(bench: Bench, task: Task): Promise<TaskResult> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const world = allWorlds.find(({ id }) => id === task.world);
  if (task.world !== null && world === undefined) throw new Error(`there is no world ${task.world}`);
  try {
    const seen =
      world === undefined
        ? await runPlatformTask(bench, task.step, chosen(allFaults, task))
        : await runWorldTask(bench, world, task.step, chosen(world.faults, task));
    return { ...seen, interrupted: false, seconds: seconds() };
  } catch (error) {
    if (error instanceof Stopped || bench.signal.aborted) throw error;
    const because = `${task.step}: ${error instanceof Error ? error.message : String(error)}`;
    const traps = task.step === 'off' && world !== undefined ? [world, ...world.traps] : [];
    return {
      faults: task.faults.map((id) => ({ id, problems: [because], weakness: null })),
      alarms: [],
      notMet: traps.map(({ id }) => ({ id, because })),
      interrupted: error instanceof Interrupted,
      seconds: seconds(),
    };
  }
}

const chosen = <T extends { readonly id: string }>(faults: readonly T[], task: Task): readonly T[] =>
  faults.filter(({ id }) => task.faults.includes(id));
