import type { Random } from '../clock.ts';

/** Times of answers in milliseconds, for accounts that exist and for others. */
export interface Times {
  readonly known: readonly number[];
  readonly absent: readonly number[];
}

/** What hashing a password or sending a mail takes at least; less than that is not told from noise in a few tries. Milliseconds. */
const leastMs = 25;
/** The same as a share of what the faster side takes. */
const leastShare = 0.25;
/** How often shuffled labels may separate two sides as well as the true ones do. */
const mostChance = 0.005;
/** Share of all pairs of one answer of each side in which the slower side is the slower one. */
const leastOrder = 0.9;
const shuffles = 1000;

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);
const at = (values: readonly number[], share: number): number =>
  sorted(values)[Math.floor((values.length - 1) * share)] ?? 0;

/** The median; the lower one of two. */
export const middleOf = (values: readonly number[]): number => at(values, 0.5);
/** Noise only adds to a time, so that what work takes shows in the lower quarter. */
const floorOf = (values: readonly number[]): number => at(values, 0.25);

const limitOf = ({ known, absent }: Times): number =>
  Math.max(leastMs, leastShare * Math.min(at(known, 0), at(absent, 0)));

/** Whether the faster three quarters of each side lie close together, so that a floor is a floor and not luck. */
const areSteady = (times: Times): boolean =>
  [times.known, times.absent].every((side) => at(side, 0.75) - at(side, 0) < limitOf(times)) &&
  Math.min(times.known.length, times.absent.length) > 1;

/** A first look at a few times: whether they are alike, worth measuring, or vary too much to say. */
export function firstLook(times: Times): 'alike' | 'suspicious' | 'varies' {
  const limit = limitOf(times);
  const { known, absent } = times;
  if (Math.abs(at(known, 0) - at(absent, 0)) >= limit) return 'suspicious';
  const all = [...known, ...absent];
  // With two of a side a slow moment hides as easily as it shows: only where all are quick can nothing hide.
  const agree = Math.min(known.length, absent.length) > 2 || at(all, 1) < 2 * leastMs;
  return agree && areSteady(times) && Math.abs(middleOf(known) - middleOf(absent)) < limit
    ? 'alike'
    : 'varies';
}

/**
 * Whether one side of interleaved pairs is slower: by what matters in practice, in nearly every pair, and more clearly than
 * labels given out at random would make it.
 */
export function lookClosely(
  times: Times,
  slower: 'known' | 'absent',
  random: Random,
): 'apart' | 'alike' | 'unclear' {
  const limit = limitOf(times);
  const [slow, fast] = slower === 'known' ? [times.known, times.absent] : [times.absent, times.known];
  const gap = floorOf(slow) - floorOf(fast);
  if (gap >= limit && orderOf(slow, fast) >= leastOrder && chanceOf(slow, fast, random) <= mostChance)
    return 'apart';
  return Math.abs(gap) < limit && areSteady(times) ? 'alike' : 'unclear';
}

/** Share of pairs in which the first side is the greater one. */
function orderOf(slow: readonly number[], fast: readonly number[]): number {
  const greater = slow.flatMap((one) => fast.filter((other) => one > other)).length;
  return greater / (slow.length * fast.length);
}

/** How often labels given out at random separate the two sides at least as well. */
function chanceOf(slow: readonly number[], fast: readonly number[], random: Random): number {
  const gap = floorOf(slow) - floorOf(fast);
  const all = [...slow, ...fast];
  let asGood = 0;
  for (let round = 0; round < shuffles; round += 1) {
    const mixed = all
      .map((value) => ({ value, key: random.next() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ value }) => value);
    if (floorOf(mixed.slice(0, slow.length)) - floorOf(mixed.slice(slow.length)) >= gap) asGood += 1;
    if (asGood > mostChance * shuffles) break;
  }
  return asGood / shuffles;
}
