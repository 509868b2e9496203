import { allFaults } from '../faults/all-faults.ts';
import type { Task, TaskResult } from '../walk/task.ts';
import type { WalkedFault, WalkedWorld } from '../walk/walked.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import type { BenchOptions } from './bench-options.ts';
import type { BenchResult } from './bench-result.ts';
import { chooseWork } from './choose-work.ts';
import type { Lanes } from './open-lanes.ts';
import { planTasks } from './plan-tasks.ts';
import { runPool } from './run-pool.ts';
import { summarise } from './summarise.ts';

/** Everything that a run of the bench saw. */
export interface BenchRun {
  readonly result: BenchResult;
  readonly faults: readonly WalkedFault[];
  readonly worlds: readonly WalkedWorld[];
}

/** Reviews the platform and the worlds as they are and with each of the chosen faults, and puts together what was seen. */
export async function runBench(
  lanes: Lanes,
  options: BenchOptions,
  run: { readonly start: number; readonly today: Date; say(line: string): void },
): Promise<BenchRun> {
  const work = chooseWork(allFaults, allWorlds, options, run.today);
  const tasks = planTasks(work);
  run.say(`${work.said}: ${tasks.length} reviews`);
  let done = 0;
  const walk = (task: Task) => async (): Promise<{ readonly task: Task; readonly result: TaskResult }> => {
    const result = await lanes.run(task);
    run.say(`${(done += 1)}/${tasks.length} ${headline(task, result)} (${result.seconds.toFixed(0)} s)`);
    for (const line of linesOf(result)) run.say(`    ${line}`);
    return { task, result };
  };
  const first = await runPool(tasks.map(walk), options.jobs);
  // A server that did not keep up while others had the processor is asked again with nothing beside it.
  const again = first.filter(({ result }) => result.interrupted).map(({ task }) => task);
  done -= again.length;
  const alone = await runPool(again.map(walk), 1);
  const seen = [...first.filter(({ result }) => !result.interrupted), ...alone];
  const faults = [...work.faults, ...work.worldFaults.map(({ fault }) => fault)].map((fault): WalkedFault => {
    const steps = seen.filter(({ task }) => task.faults.includes(fault.id));
    const parts = steps.flatMap(({ result }) => result.faults.filter(({ id }) => id === fault.id));
    const problems = parts.flatMap((part) => part.problems);
    return {
      fault,
      found: problems.length === 0 && parts.length === 3,
      problems,
      weakness: parts.find(({ weakness }) => weakness !== null)?.weakness ?? null,
      seconds: steps.find(({ task }) => task.step === 'on')?.result.seconds ?? 0,
    };
  });
  const untouched = (id: string | null): TaskResult | undefined =>
    seen.find(({ task }) => task.step === 'off' && task.world === id)?.result;
  const worlds = work.worlds.map(({ id, traps }): WalkedWorld => {
    const { alarms = [], notMet = [], seconds = 0 } = untouched(id) ?? {};
    return { id, traps: traps.length, alarms, notMet, seconds };
  });
  const pristine = untouched(null)?.alarms.flatMap(({ saw }) => saw) ?? [];
  const seconds = (performance.now() - run.start) / 1000;
  return { result: summarise(faults, worlds, pristine, seconds), faults, worlds };
}

function headline({ step, world, faults }: Task, result: TaskResult): string {
  if (step !== 'on') return `${world ?? 'platform'} ${step}`;
  return `${faults.join()} ${result.faults.some(({ problems }) => problems.length > 0) ? 'MISSED' : 'found'}`;
}

/** What is worth telling at once; what is wrong with every fault of a world is told once. */
function linesOf({ faults, alarms, notMet }: TaskResult): readonly string[] {
  return [
    ...new Set([
      ...faults.flatMap(({ problems }) => problems),
      ...faults.flatMap(({ weakness }) => (weakness === null ? [] : [`(${weakness})`])),
      ...alarms.flatMap(({ id, saw }) => saw.map((line) => `${id}: ${line}`)),
      ...notMet.map(({ id, because }) => `${id}: ${because}`),
    ]),
  ];
}
