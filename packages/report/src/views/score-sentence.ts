import type { Review } from '@launch-ready/core';
import { count } from '../words/count.ts';
import { lineTitle } from './line-title.ts';

/** How much of the checklist was judged: `8 of 10 lines judged`. */
const coverageSentence = ({ score }: Review): string =>
  `${score.coverage.judged} of ${count(score.coverage.of, 'line')} judged`;

/** More gates than this are counted, not named; they are listed elsewhere. */
const namedAtMost = 2;

/** The score with what it rests on, or why there is none. */
export function scoreSentence(review: Review): string {
  const { value } = review.score;
  if (value !== null) return `Score ${value} of 100, with ${coverageSentence(review)}.`;
  const unknown = review.verdict.unknownGates.map((id) => lineTitle(review, id));
  const because =
    unknown.length === 0
      ? 'too little was proven to give one'
      : `${count(unknown.length, 'gate is', 'gates are')} not proven${unknown.length <= namedAtMost ? ` (${unknown.join(', ')})` : ''}`;
  return `No score, because ${because}; ${coverageSentence(review)}.`;
}
