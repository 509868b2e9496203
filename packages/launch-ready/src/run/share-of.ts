/**
 * How many requests a probe may send so that those after it can send what they expect to, or their part of it when the budget is
 * smaller than all expect together.
 *
 * @param left requests of the budget that are left
 * @param expected requests that this probe, and then each later one, expects to send
 */
export function shareOf(left: number, expected: readonly number[]): number {
  const [, ...later] = expected;
  const all = expected.reduce((sum, each) => sum + Math.max(1, each), 0);
  const part = Math.min(1, left / Math.max(1, all));
  const kept = later.reduce((sum, each) => sum + Math.floor(Math.max(1, each) * part), 0);
  return Math.max(1, left - kept);
}
