import { allFaults } from '../faults/all-faults.ts';
import { copyPlatform } from '../platform/copy-platform.ts';
import { nextFolder, type Bench } from '../walk/bench.ts';
import { describeFinding } from '../walk/describe-finding.ts';
import { reviewCopy } from '../walk/review-copy.ts';
import { walkFault, type WalkedFault } from '../walk/walk-fault.ts';
import { reviewWorld } from '../walk/review-world.ts';
import type { Reviewed } from '../walk/review-target.ts';
import { walkWorldFault } from '../walk/walk-world-fault.ts';
import { walkWorld, type WalkedWorld } from '../walk/walk-world.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import type { World } from '../worlds/world.ts';
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

/** Reviews the platform and the worlds as they are, then walks the chosen faults. */
export async function runBench(
  bench: Bench,
  options: BenchOptions,
  clock: { readonly start: number; readonly today: Date },
): Promise<BenchRun> {
  const work = chooseWork(allFaults, allWorlds, options, clock.today);
  bench.say(work.said);
  const pristine = once(() => reviewPlatform(bench));
  const untouched = new Map(
    allWorlds.map((world) => [world, once(() => reviewWorld(bench, world, { switches: [], only: [] }))]),
  );
  const untouchedOf = (world: World): (() => Promise<Reviewed>) =>
    untouched.get(world) ?? (() => Promise.reject(new Error(`no world ${world.id}`)));
  const faults: WalkedFault[] = [];
  const worlds: WalkedWorld[] = [];
  const total = work.faults.length + work.worldFaults.length + work.worlds.length;
  const count = (): string => `${faults.length + worlds.length}/${total}`;
  const keepFault = (walked: WalkedFault): void => {
    faults.push(walked);
    bench.say(
      `${count()} ${walked.found ? 'found' : 'MISSED'} ${walked.fault.id} (${walked.seconds.toFixed(0)} s)`,
    );
    for (const line of walked.problems) bench.say(`    ${line}`);
    if (walked.weakness !== null) bench.say(`    (${walked.weakness})`);
  };
  const jobs = [
    ...(work.faults.length === 0 ? [] : [async () => void (await pristine())]),
    ...work.worlds.map((world) => async () => {
      const walked = await walkWorld(bench, world, untouchedOf(world));
      worlds.push(walked);
      const { alarms: heard, notMet, traps } = walked;
      bench.say(
        `${count()} traps ${world.id}: ${traps} traps, ${heard.length} alarms, ${notMet.length} not met`,
      );
      for (const { id, saw } of heard) for (const line of saw) bench.say(`    ${id}: ${line}`);
      for (const { id, because } of notMet) bench.say(`    ${id}: ${because}`);
    }),
    ...work.worldFaults.map(
      ({ world, fault }) =>
        async () =>
          keepFault(await walkWorldFault(bench, world, fault, untouchedOf(world))),
    ),
    ...work.faults.map(
      (fault) => async () => keepFault(await walkFault(bench, fault, (await pristine()).review)),
    ),
  ];
  await runPool(jobs, options.jobs);
  const order = [...work.faults, ...work.worldFaults.map(({ fault }) => fault)];
  const inOrder = order.flatMap((fault) => faults.filter((walked) => walked.fault === fault));
  const alarms = work.faults.length === 0 ? [] : (await pristine()).review.findings.map(describeFinding);
  const seconds = (performance.now() - clock.start) / 1000;
  return { result: summarise(inOrder, worlds, alarms, seconds), faults: inOrder, worlds };
}

/** Makes something at the first call, and gives the same to every later one. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

async function reviewPlatform(bench: Bench): Promise<Reviewed> {
  const reviewed = await reviewCopy(bench, {
    copy: copyPlatform(nextFolder(bench)),
    env: {},
    ownMigrations: false,
    only: [],
  });
  const { findings, run } = reviewed.review;
  bench.say(
    `platform as it is: ${findings.length} findings, ${run.requests} requests, ` +
      `${(run.durationMs / 1000).toFixed(0)} s`,
  );
  return reviewed;
}
