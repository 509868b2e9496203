import type { Fault } from '../fault.ts';
import type { TrapWorld } from '../trap-worlds/trap-world.ts';
import { OptionProblem, type BenchOptions } from './bench-options.ts';
import { dailySample, dayOf } from './daily-sample.ts';

/** What a run walks, and a line that says so. */
export interface Work {
  readonly faults: readonly Fault[];
  readonly worlds: readonly TrapWorld[];
  readonly said: string;
}

const sampleFaults = 4;
const sampleWorlds = 1;

/**
 * Chooses what a run walks.
 * @throws {OptionProblem} when an id names nothing
 */
export function chooseWork(
  allFaults: readonly Fault[],
  allWorlds: readonly TrapWorld[],
  { only, sample }: Pick<BenchOptions, 'only' | 'sample'>,
  today: Date,
): Work {
  const faults = only.length === 0 ? allFaults : allFaults.filter(({ id }) => only.includes(id));
  const worlds =
    only.length === 0
      ? allWorlds
      : allWorlds.filter(
          ({ id, traps }) => only.includes(id) || traps.some((trap) => only.includes(trap.id)),
        );
  const unknown = only.find(
    (id) =>
      !faults.some((fault) => fault.id === id) &&
      !worlds.some((world) => world.id === id || world.traps.some((trap) => trap.id === id)),
  );
  if (unknown !== undefined)
    throw new OptionProblem(`--only: there is no fault, trap or world of traps ${unknown}`);
  const day = dayOf(today);
  const chosen = sample
    ? { faults: dailySample(faults, sampleFaults, day), worlds: dailySample(worlds, sampleWorlds, day) }
    : { faults, worlds };
  const traps = chosen.worlds.reduce((sum, world) => sum + world.traps.length, 0);
  const seed = sample ? `sample of day ${day}: ` : '';
  return {
    ...chosen,
    said: `${seed}${chosen.faults.length} faults, ${traps} traps in ${chosen.worlds.length} worlds`,
  };
}
