import type { Review } from '@launch-ready/core';
import { grouped } from '../words/count.ts';
import { duration } from '../words/duration.ts';
import { moment } from '../words/moment.ts';
import { verdictWords } from '../words/status-word.ts';
import { scoreSentence } from '../views/score-sentence.ts';
import { verdictReason } from '../views/verdict-reason.ts';
import type { Page } from './page.ts';
import { wrapText } from './wrap-text.ts';

/** The answer first, then what it is about and what it rests on. */
export function verdictLines(review: Review, page: Page): readonly string[] {
  const { sign, word, tone } = verdictWords[review.verdict.kind];
  const { run } = review;
  const paragraph = (text: string): readonly string[] =>
    wrapText(text, page.width - 2).map((line) => ` ${line}`);
  return [
    '',
    ` ${page.paint(tone, page.paint('bold', `${sign} ${word.toUpperCase()}`))}`,
    ...paragraph(verdictReason(review)),
    '',
    ...paragraph(scoreSentence(review)),
    ...[
      ...paragraph(`${review.target.name} · ${review.profile.title} · ${moment(run.startedAt)}`),
      ...paragraph(`${grouped(run.requests)} requests in ${duration(run.durationMs)}, mode ${run.mode}`),
    ].map((line) => page.paint('dim', line)),
    ...(run.interrupted === null
      ? []
      : paragraph(`! This run ended early: ${run.interrupted}.`).map((line) => page.paint('unsure', line))),
  ];
}
