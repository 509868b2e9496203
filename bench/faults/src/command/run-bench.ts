import { allFaults } from '../faults/all-faults.ts';
import { allWorlds } from '../trap-worlds/all-worlds.ts';
import { copyPlatform } from '../platform/copy-platform.ts';
import { nextFolder, type Bench } from '../walk/bench.ts';
import { describeFinding } from '../walk/describe-finding.ts';
import { reviewCopy } from '../walk/review-copy.ts';
import { walkFault, type WalkedFault } from '../walk/walk-fault.ts';
import { walkTrapWorld, type WalkedWorld } from '../walk/walk-trap-world.ts';
import type { BenchOptions } from './bench-options.ts';
import type { BenchResult } from './bench-result.ts';
import { chooseWork } from './choose-work.ts';
import { runPool } from './run-pool.ts';
import { summarise } from './summarise.ts';

/** Everything that a run of the bench saw. */
export interface BenchRun {
  readonly result: BenchResult;
  readonly faults: readonly WalkedFault[];
  readonly worlds: readonly WalkedWorld[];
}

/** Reviews the platform as it is, then walks the chosen faults and worlds of traps. */
export async function runBench(
  bench: Bench,
  options: BenchOptions,
  clock: { readonly start: number; readonly today: Date },
): Promise<BenchRun> {
  const work = chooseWork(allFaults, allWorlds, options, clock.today);
  bench.say(work.said);
  const pristine =
    work.faults.length === 0
      ? null
      : await reviewCopy(bench, {
          copy: copyPlatform(nextFolder(bench)),
          env: {},
          ownMigrations: false,
          only: [],
        });
  const alarms = (pristine?.review.findings ?? []).map(describeFinding);
  if (pristine !== null)
    bench.say(
      `platform as it is: ${alarms.length} findings, ${pristine.review.run.requests} requests, ` +
        `${(pristine.review.run.durationMs / 1000).toFixed(0)} s`,
    );
  const faults: WalkedFault[] = [];
  const worlds: WalkedWorld[] = [];
  const total = work.faults.length + work.worlds.length;
  const count = (): string => `${faults.length + worlds.length}/${total}`;
  const jobs = [
    ...work.worlds.map((world) => async () => {
      const walked = await walkTrapWorld(bench, world);
      worlds.push(walked);
      const { alarms: heard, notMet, traps } = walked;
      bench.say(
        `${count()} traps ${world.id}: ${traps} traps, ${heard.length} alarms, ${notMet.length} not met`,
      );
      for (const { id, saw } of heard) for (const line of saw) bench.say(`    ${id}: ${line}`);
      for (const { id, because } of notMet) bench.say(`    ${id}: ${because}`);
    }),
    ...(pristine === null
      ? []
      : work.faults.map((fault) => async () => {
          const walked = await walkFault(bench, fault, pristine.review);
          faults.push(walked);
          bench.say(
            `${count()} ${walked.found ? 'found' : 'MISSED'} ${fault.id} (${walked.seconds.toFixed(0)} s)`,
          );
          for (const line of walked.problems) bench.say(`    ${line}`);
          if (walked.weakness !== null) bench.say(`    (${walked.weakness})`);
        })),
  ];
  await runPool(jobs, options.jobs);
  const inOrder = work.faults.flatMap((fault) => faults.filter((walked) => walked.fault === fault));
  const seconds = (performance.now() - clock.start) / 1000;
  return { result: summarise(inOrder, worlds, alarms, seconds), faults: inOrder, worlds };
}
