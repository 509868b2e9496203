import type { Task } from '../walk/task.ts';
import type { Work } from './choose-work.ts';

/**
 * The reviews that the chosen work takes: two of every world and of the platform without any fault, and one with each fault.
 * Those of the platform, which have a process of their own to answer, come between those of worlds.
 */
export function planTasks({ faults, worldFaults, worlds }: Omit<Work, 'said'>): readonly Task[] {
  const ofWorld = Map.groupBy(worldFaults, ({ world }) => world.id);
  const whole = new Set([...worlds.map(({ id }) => id), ...ofWorld.keys()]);
  const idsOf = (id: string): string[] => (ofWorld.get(id) ?? []).map(({ fault }) => fault.id);
  const platform = faults.map(({ id }) => id);
  return [
    ...(platform.length === 0
      ? []
      : [
          { step: 'off' as const, world: null, faults: platform },
          { step: 'off again' as const, world: null, faults: platform },
        ]),
    ...[...whole].map((id) => ({ step: 'off' as const, world: id, faults: idsOf(id) })),
    ...[...ofWorld.keys()].map((id) => ({ step: 'off again' as const, world: id, faults: idsOf(id) })),
    ...interleave<Task>(
      // The worlds whose limits stay closed longest are the last ones: they must not be the tail.
      worldFaults
        .toReversed()
        .map(({ world, fault }) => ({ step: 'on', world: world.id, faults: [fault.id] })),
      platform.map((id) => ({ step: 'on', world: null, faults: [id] })),
    ),
  ];
}

/** Spreads the shorter list evenly over the longer one. */
function interleave<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  const placed = [one, other].flatMap((list) =>
    list.map((item, index) => ({ item, at: (index + 0.5) / list.length })),
  );
  return placed.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
