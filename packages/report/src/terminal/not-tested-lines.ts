import type { Review } from '@launch-ready/core';
import { count } from '../words/count.ts';
import { notTestedGroups } from '../views/not-tested-groups.ts';
import { block, columns } from './columns.ts';
import type { Page } from './page.ts';
import { wrapShort, wrapText } from './wrap-text.ts';

const shown = 8;

/** What the review says nothing about, and what would make it testable. */
export function notTestedLines(review: Review, page: Page): readonly string[] {
  const width = page.width - 5;
  const groups = notTestedGroups(review);
  const rows = groups.slice(0, shown).flatMap(({ what, because, testableBy }) => [
    ...columns(page, 1, [
      { lines: ['?'], width: 1, style: 'unsure' },
      { lines: wrapShort(`${because.replace(/\.$/, '')}: ${what.join('; ')}`, width, 3), width },
    ]),
    ...(testableBy === null
      ? []
      : wrapText(`To test it: ${testableBy}`, width).map((line) => page.paint('dim', `   ${line}`))),
  ]);
  const rest = groups.length - shown;
  return block(
    page,
    'NOT TESTED',
    rest > 0
      ? [...rows, page.paint('dim', ` ${count(rest, 'more reason', 'more reasons')} in the reports.`)]
      : rows,
  );
}
