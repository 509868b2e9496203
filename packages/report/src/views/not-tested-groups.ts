import type { NotTested, Review } from '@launch-ready/core';
import { sentenceCase } from '../words/sentence-case.ts';

/** Things that were not tested for one and the same reason. */
export interface NotTestedGroup {
  readonly what: readonly string[];
  readonly because: string;
  readonly testableBy: string | null;
}

const reasonOf = (each: NotTested): string => JSON.stringify([each.because, each.testableBy]);

/** What was not tested, gathered by reason; what can be made testable comes first. */
export function notTestedGroups({ coverage }: Review): readonly NotTestedGroup[] {
  const groups = Map.groupBy(coverage.notTested, reasonOf);
  return [...groups.values()]
    .flatMap(([first, ...more]) =>
      first === undefined
        ? []
        : [
            {
              what: [first, ...more].map((each) => each.what),
              because: sentenceCase(first.because),
              testableBy: first.testableBy,
            },
          ],
    )
    .sort((a, b) => Number(a.testableBy === null) - Number(b.testableBy === null));
}
