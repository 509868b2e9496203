import type { Review } from '@launch-ready/core';
import { grouped } from '../words/count.ts';
import { block } from './columns.ts';
import type { Page } from './page.ts';
import { wrapText } from './wrap-text.ts';

const shown = 8;

/** What the run created and could not remove, and the command that tries again. */
export function leftoverLines({ leftovers }: Review, page: Page): readonly string[] {
  if (leftovers.length === 0) return [];
  const rest = leftovers.length - shown;
  return block(page, 'LEFT BEHIND', [
    ...leftovers
      .slice(0, shown)
      .flatMap((each) =>
        wrapText(`${each.type} ${each.ref} of ${each.owner}: ${each.because}`, page.width - 4),
      )
      .map((line) => `   ${line}`),
    ...(rest > 0 ? [page.paint('dim', `   ${grouped(rest)} more in the reports.`)] : []),
    '   launch-ready cleanup tries again.',
  ]);
}
