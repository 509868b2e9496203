import type { Review } from '@launch-ready/core';
import { grouped } from '../words/count.ts';
import { block, columns } from './columns.ts';
import type { Page } from './page.ts';
import { wrapText } from './wrap-text.ts';

const shown = 8;

/** What the review says nothing about, and what would make it testable. */
export function notTestedLines({ coverage: { notTested } }: Review, page: Page): readonly string[] {
  const width = page.width - 5;
  const rows = notTested.slice(0, shown).flatMap((each) => [
    ...columns(page, 1, [
      { lines: ['?'], width: 1, style: 'unsure' },
      { lines: wrapText(`${each.what}. ${each.because}`.replace('.. ', '. '), width), width },
    ]),
    ...(each.testableBy === null
      ? []
      : wrapText(`To test it: ${each.testableBy}`, width).map((line) => page.paint('dim', `   ${line}`))),
  ]);
  const rest = notTested.length - shown;
  return block(
    page,
    'NOT TESTED',
    rest > 0 ? [...rows, page.paint('dim', ` ${grouped(rest)} more in the reports.`)] : rows,
  );
}
