import type { Fault } from '../fault.ts';
import type { World, WorldFault } from '../worlds/world.ts';
import { offers } from '../inputs/discover-by.ts';
import { OptionProblem, type BenchOptions } from './bench-options.ts';
import { dailySample, dayOf } from './daily-sample.ts';

/** A fault of a world, with its world. */
interface FaultOfWorld {
  readonly world: World;
  readonly fault: WorldFault;
}

/** What a run walks, and a line that says so. */
export interface Work {
  /** Faults of the platform. */
  readonly faults: readonly Fault[];
  readonly worldFaults: readonly FaultOfWorld[];
  /** Worlds whose traps must be met and silent. */
  readonly worlds: readonly World[];
  readonly said: string;
}

const sampleFaults = 8;
const sampleWorlds = 2;

/**
 * Chooses what a run walks. A world that is named brings all its faults, a trap its world alone.
 * @throws {OptionProblem} when an id names nothing
 */
export function chooseWork(
  allFaults: readonly Fault[],
  allWorlds: readonly World[],
  { only, sample, input }: Pick<BenchOptions, 'only' | 'sample' | 'input'>,
  today: Date,
): Work {
  const asked = (...ids: readonly string[]): boolean =>
    only.length === 0 || ids.some((id) => only.includes(id));
  const byDocument = input === 'openapi';
  const faults = allFaults.filter(({ id }) => byDocument && asked(id));
  const offering = allWorlds.filter((world) => offers(world, input));
  const worldFaults = offering.flatMap((world) =>
    world.faults.filter(({ id }) => asked(world.id, id)).map((fault) => ({ world, fault })),
  );
  const worlds = allWorlds.filter(
    ({ id, traps }) => byDocument && asked(id, ...traps.map((trap) => trap.id)),
  );
  const known = new Set([
    ...faults.map(({ id }) => id),
    ...worldFaults.map(({ fault }) => fault.id),
    ...offering.map(({ id }) => id),
    ...worlds.flatMap((world) => [world.id, ...world.traps.map(({ id }) => id)]),
  ]);
  const unknown = only.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new OptionProblem(
      `--only: there is no fault, trap or world ${unknown}${byDocument ? '' : ` with --inputs ${input}`}`,
    );
  const day = dayOf(today);
  const drawn = dailySample([...faults, ...worldFaults], sampleFaults, day);
  const chosen = sample
    ? {
        faults: faults.filter((fault) => drawn.includes(fault)),
        worldFaults: worldFaults.filter((one) => drawn.includes(one)),
        worlds: dailySample(worlds, sampleWorlds, day),
      }
    : { faults, worldFaults, worlds };
  const traps = chosen.worlds.reduce((sum, world) => sum + world.traps.length, 0);
  const seed = sample ? `sample of day ${day}: ` : '';
  return {
    ...chosen,
    said:
      `${seed}${chosen.faults.length} faults of the platform, ${chosen.worldFaults.length} of worlds, ` +
      `${traps} traps in ${chosen.worlds.length} worlds`,
  };
}
