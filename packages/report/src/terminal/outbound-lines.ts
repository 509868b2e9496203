import type { Review } from '@launch-ready/core';
import { outboundWords } from '../views/outbound-words.ts';
import { block } from './columns.ts';
import type { Page } from './page.ts';
import { wrapText } from './wrap-text.ts';

/** What may have left the target because of the run. */
export function outboundLines(review: Review, page: Page): readonly string[] {
  const words = outboundWords(review);
  if (words.length === 0) return [];
  return block(
    page,
    'SENT OUTSIDE',
    words.flatMap((each) => wrapText(each, page.width - 4)).map((line) => `   ${line}`),
  );
}
