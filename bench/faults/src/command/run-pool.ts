/** Runs jobs in their order, so many at a time, and gives their results in that order. The first that throws ends all. */
export async function runPool<T>(jobs: readonly (() => Promise<T>)[], size: number): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    for (;;) {
      const index = next;
      next += 1;
      const job = jobs[index];
      if (job === undefined || failed) return;
      try {
        results[index] = await job();
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, size) }, worker));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return results;
}
