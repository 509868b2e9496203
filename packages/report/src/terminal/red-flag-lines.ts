import type { Review } from '@launch-ready/core';
import { block, columns } from './columns.ts';
import type { Page } from './page.ts';
import { wrapText } from './wrap-text.ts';

/** Raised red flags, and whether they ask for a senior engineer. */
export function redFlagLines({ redFlags }: Review, page: Page): readonly string[] {
  const width = page.width - 5;
  const raised = redFlags.flags
    .filter((flag) => flag.state === 'raised')
    .flatMap((flag) =>
      columns(page, 1, [
        { lines: ['✗'], width: 1, style: 'bad' },
        { lines: [...wrapText(flag.statement, width), ...wrapText(flag.because, width)], width },
      ]),
    );
  const senior = redFlags.seniorEngineer ? [page.paint('bad', ' ! Bring in a senior engineer.')] : [];
  return block(page, 'RED FLAGS RAISED', [...raised, ...senior]);
}
