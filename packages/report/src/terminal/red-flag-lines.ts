import type { Review } from '@launch-ready/core';
import { sentenceCase } from '../words/sentence-case.ts';
import { block, columns } from './columns.ts';
import type { Page } from './page.ts';
import { wrapShort, wrapText } from './wrap-text.ts';

/** Raised red flags, and whether they ask for a senior engineer. */
export function redFlagLines({ redFlags }: Review, page: Page): readonly string[] {
  const width = page.width - 5;
  const raised = redFlags.flags
    .filter((flag) => flag.state === 'raised')
    .flatMap((flag) =>
      columns(page, 1, [
        { lines: ['✗'], width: 1, style: 'bad' },
        {
          lines: [...wrapText(flag.statement, width), ...wrapShort(sentenceCase(flag.because), width, 2)],
          width,
        },
      ]),
    );
  const senior = redFlags.seniorEngineer ? [page.paint('bad', ' ! Bring in a senior engineer.')] : [];
  return block(page, 'RED FLAGS RAISED', [...raised, ...senior]);
}
