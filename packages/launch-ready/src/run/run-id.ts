import type { Clock, Random } from '@launch-ready/probes';

/** Id of a new run: its time in UTC, so that names sort by age, and a few random letters. */
export function newRunId(clock: Clock, random: Random): string {
  const time = clock.now().toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase().replace('t', '-');
  return `${time}-${random.token(4)}`;
}
