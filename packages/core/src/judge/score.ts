import type { Profile } from '../model/profile.ts';
import type { LineResult, Review } from '../model/review.ts';

/**
 * The weighted share of passed lines among those that were judged, from 0 to 100, rounded down so that 100 means all of
 * them. Null while a gate is not proven, and when nothing was judged.
 */
export function score(profile: Profile, lines: readonly LineResult[]): Review['score'] {
  const applies = lines.filter((line) => line.status !== 'not-applicable');
  const judged = applies.filter((line) => line.status !== 'unknown');
  const coverage = { judged: judged.length, of: applies.length };
  const weights = new Map(profile.lines.map((line) => [line.id, line.weight]));
  const weigh = (some: readonly LineResult[]): number =>
    some.reduce((sum, line) => sum + (weights.get(line.id) ?? 0), 0);
  const total = weigh(judged);
  const gateOpen = lines.some((line) => line.gate && line.status === 'unknown');
  if (gateOpen || total <= 0) return { value: null, coverage };
  const passed = weigh(judged.filter((line) => line.status === 'pass'));
  // The small addend undoes what binary fractions lose, such as 28.999999999999996 for 29.
  return { value: Math.floor((100 * passed) / total + 1e-9), coverage };
}
