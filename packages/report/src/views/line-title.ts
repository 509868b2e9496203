import type { Review } from '@launch-ready/core';

/** The title of a line, or its id where the review does not carry it. */
export const lineTitle = (review: Review, id: string): string =>
  review.lines.find((line) => line.id === id)?.title ?? id;
