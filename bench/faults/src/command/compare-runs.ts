import type { BenchRun } from './run-bench.ts';

/** The verdicts of a run: each fault found or missed, each world with its alarms and the traps that were not met. */
function verdictsOf({ faults, worlds }: BenchRun): ReadonlyMap<string, string> {
  return new Map([
    ...faults.map(({ fault, found }) => [fault.id, found ? 'found' : 'missed'] as const),
    ...worlds.map(
      ({ id, alarms, notMet }) =>
        [
          id,
          [...alarms.map((alarm) => `alarm ${alarm.id}`), ...notMet.map((trap) => `not met ${trap.id}`)]
            .toSorted()
            .join(', ') || 'silent',
        ] as const,
    ),
  ]);
}

/** What was judged differently in different runs, a line each. */
export function differences(runs: readonly BenchRun[]): readonly string[] {
  const verdicts = runs.map(verdictsOf);
  const ids = new Set(verdicts.flatMap((one) => [...one.keys()]));
  return [...ids].flatMap((id) => {
    const seen = verdicts.map((one) => one.get(id) ?? 'not walked');
    return new Set(seen).size === 1 ? [] : [`${id}: ${seen.join(', ')}`];
  });
}
