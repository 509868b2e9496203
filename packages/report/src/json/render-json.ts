import { review as reviewSchema, type Review } from '@launch-ready/core';

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);

/**
 * The review as JSON: two spaces, fields in the order of the schema whatever order they were made in, a line feed at the
 * end. The caller validates the output; a review that does not fit the schema is written as it is.
 */
export function renderJson(review: Review): string {
  const parsed = reviewSchema.safeParse(review);
  const ordered = parsed.success ? parsed.data : review;
  const origins = Object.fromEntries(Object.entries(ordered.target.origins).sort(byName));
  return `${JSON.stringify({ ...ordered, target: { ...ordered.target, origins } }, null, 2)}\n`;
}
