/**
 * The part of a list that is due on a day. On consecutive days the parts follow each other through the list, so that every
 * item is due once in `ceil(length / size)` days.
 * @param day days since 1970
 */
export function dailySample<T>(items: readonly T[], size: number, day: number): readonly T[] {
  if (items.length <= size) return items;
  const start = (day * size) % items.length;
  return Array.from({ length: size }, (_, index) => items[(start + index) % items.length]).filter(
    (item) => item !== undefined,
  );
}

/** Days since 1970 in UTC; the seed of a day's sample. */
export const dayOf = (date: Date): number => Math.floor(date.getTime() / 86_400_000);
