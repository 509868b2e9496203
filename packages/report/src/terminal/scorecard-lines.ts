import type { Review } from '@launch-ready/core';
import { lineWords } from '../words/status-word.ts';
import { block, columns } from './columns.ts';
import type { Page } from './page.ts';
import { wrapShort, wrapText } from './wrap-text.ts';

const result = 16;
const title = 22;
const seenLines = 2;

/** The scorecard as a table: result, line, what was seen. */
export function scorecardLines({ lines }: Review, page: Page): readonly string[] {
  const saw = page.width - result - title - 4;
  const row = (cells: readonly (readonly string[])[], style: 'dim' | undefined, tone: 'dim' | (typeof lineWords)['pass']['tone']) =>
    columns(page, 1, [
      { lines: cells[0] ?? [], width: result, style: tone },
      { lines: cells[1] ?? [], width: title, ...(style === undefined ? {} : { style }) },
      { lines: cells[2] ?? [], width: saw, style: 'dim' },
    ]);
  const head = row([['Result'], ['Line (* is a gate)'], ['What was seen']], 'dim', 'dim');
  const rows = lines.flatMap((line) => {
    const { sign, word, tone } = lineWords[line.status];
    const name = wrapText(line.gate ? `${line.title} *` : line.title, title);
    return row([[`${sign} ${word}`], name, wrapShort(line.because, saw, seenLines)], undefined, tone);
  });
  return lines.length === 0 ? [] : block(page, 'SCORECARD', [...head, ...rows]);
}
