import { withoutSourceChecks } from '../inputs/without-source-checks.ts';
import type { World, WorldFault } from '../worlds/world.ts';
import type { Bench } from './bench.ts';
import { problemsOff, problemsOn, weakness } from './judge-walk.ts';
import { reviewWorld } from './review-world.ts';
import { Stopped, type Reviewed } from './review-target.ts';
import type { WalkedFault } from './walk-fault.ts';

/**
 * Walks a fault of a world: off, on, off. The first `off` is the review of the untouched world, which all its faults share;
 * the last one looks only at what the fault is about, at a world started afresh.
 */
export async function walkWorldFault(
  bench: Bench,
  world: World,
  fault: WorldFault,
  untouched: () => Promise<Reviewed>,
): Promise<WalkedFault> {
  const problems: string[] = [];
  let weak: string | null = null;
  let start = performance.now();
  try {
    const review = withoutSourceChecks((await untouched()).review, bench.input);
    start = performance.now();
    problems.push(...problemsOff(review, fault, 'off'));
    weak = weakness(review, fault);
    const on = await reviewWorld(bench, world, { switches: [fault.id], only: [] });
    problems.push(...problemsOn(withoutSourceChecks(on.review, bench.input), fault));
    const off = await reviewWorld(bench, world, { switches: [], only: [fault.expects.check] });
    problems.push(...problemsOff(withoutSourceChecks(off.review, bench.input), fault, 'off again'));
  } catch (error) {
    if (error instanceof Stopped || bench.signal.aborted) throw error;
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return {
    fault,
    found: problems.length === 0,
    problems,
    weakness: weak,
    seconds: (performance.now() - start) / 1000,
  };
}
