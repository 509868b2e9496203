import { withoutSourceChecks } from '../inputs/without-source-checks.ts';
import type { World, WorldFault } from '../worlds/world.ts';
import type { Bench } from './bench.ts';
import { describeFinding } from './describe-finding.ts';
import { problemsOff, problemsOn, weakness } from './judge-walk.ts';
import { judgeTraps } from './judge-traps.ts';
import { reviewWorld } from './review-world.ts';
import type { Seen } from './run-task.ts';
import type { Task } from './task.ts';

/**
 * One step of the walks of a world. `off again` looks at a world started afresh, at what its faults are about and nothing
 * else: without switches it is the same program in the same state, whatever fault it had before.
 */
export async function runWorldTask(
  bench: Bench,
  world: World,
  step: Task['step'],
  faults: readonly WorldFault[],
): Promise<Seen> {
  const { review, evidence } = await reviewWorld(bench, world, {
    switches: step === 'on' ? faults.map(({ id }) => id) : [],
    only: step === 'off again' ? [...new Set(faults.map(({ expects }) => expects.check))] : [],
  });
  const judged = withoutSourceChecks(review, bench.input);
  const seen = faults.map((fault) => ({
    id: fault.id,
    problems: [...(step === 'on' ? problemsOn(judged, fault) : problemsOff(judged, fault, step))],
    weakness: step === 'off' ? weakness(judged, fault) : null,
  }));
  if (step !== 'off') return { faults: seen, alarms: [], notMet: [] };
  const { alarms, notMet } = judgeTraps(world, review, evidence);
  return {
    faults: seen,
    alarms: alarms.map(({ id, findings }) => ({ id, saw: findings.map(describeFinding) })),
    notMet: [...notMet],
  };
}
