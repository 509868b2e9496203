import type { Review } from '@launch-ready/core';
import type { InputKind } from './discover-by.ts';

/** Checks that only the source answers: they see the holes of other checks once more, from within. */
const sourceChecks = /^routes\//;

/** A review by source without what only the source tells, so that the same findings are asked of every input. */
export const withoutSourceChecks = (
  { checks, findings }: Pick<Review, 'checks' | 'findings'>,
  input: InputKind,
): Pick<Review, 'checks' | 'findings'> => ({
  checks,
  findings: input === 'source' ? findings.filter(({ check }) => !sourceChecks.test(check)) : findings,
});
