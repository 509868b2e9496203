import type { Review } from '../model/review.ts';

/** Time from sending a request to the end of its answer. */
export interface LatencySample {
  readonly operation: string;
  readonly ms: number;
}

/** Median and 95th percentile of each operation by nearest rank: always a time that was measured, never one in between. */
export function latencyOfOperations(samples: readonly LatencySample[]): Review['latency'] {
  const byOperation = new Map<string, number[]>();
  for (const { operation, ms } of samples) {
    if (!Number.isFinite(ms) || ms < 0) continue;
    const times = byOperation.get(operation);
    if (times === undefined) byOperation.set(operation, [ms]);
    else times.push(ms);
  }
  return [...byOperation]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, unsorted]) => {
      const times = unsorted.toSorted((a, b) => a - b);
      return { operation, count: times.length, p50Ms: nearestRank(times, 50), p95Ms: nearestRank(times, 95) };
    });
}

/** The smallest value that at least `percent` of all values do not exceed. */
function nearestRank(sorted: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
  return sorted[rank - 1] ?? Number.NaN;
}
