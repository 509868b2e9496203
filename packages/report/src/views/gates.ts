import type { LineResult, Review } from '@launch-ready/core';

const rank = { fail: 0, unknown: 1, pass: 2, 'not-applicable': 3 } as const;

/** The lines that decide the launch: failed ones first, then those not proven, then the rest. */
export const gates = (review: Review): readonly LineResult[] =>
  review.lines.filter((line) => line.gate).sort((a, b) => rank[a.status] - rank[b.status]);
