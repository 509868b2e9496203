import type { LineResult, Review } from '@launch-ready/core';
import { lineWords } from '../words/status-word.ts';
import { sentenceCase } from '../words/sentence-case.ts';
import { block, columns } from './columns.ts';
import type { Page, Style } from './page.ts';
import { wrapShort, wrapText } from './wrap-text.ts';

const resultWidth = 16;
const titleWidth = 22;
const seenLines = 2;
/** Below this what was seen stands under the title instead of beside it. */
const narrowest = 24;

/** The scorecard as a table: result, line, what was seen. */
export function scorecardLines({ lines }: Review, page: Page): readonly string[] {
  const seenWidth = page.width - resultWidth - titleWidth - 4;
  const row = seenWidth < narrowest ? stackedRow : tableRow(seenWidth);
  const head = row(page, 'Result', 'dim', 'Line (* is a gate)', 'What was seen');
  const rows = lines.flatMap((line) => {
    const { sign, word, tone } = lineWords[line.status];
    return row(page, `${sign} ${word}`, tone, titleOf(line), sentenceCase(line.because));
  });
  return lines.length === 0 ? [] : block(page, 'SCORECARD', [...head, ...rows]);
}

const titleOf = (line: LineResult): string => (line.gate ? `${line.title} *` : line.title);

type Row = (page: Page, result: string, tone: Style, title: string, seen: string) => readonly string[];

const tableRow =
  (seenWidth: number): Row =>
  (page, result, tone, title, seen) =>
    columns(page, 1, [
      { lines: [result], width: resultWidth, style: tone },
      { lines: wrapText(title, titleWidth), width: titleWidth },
      { lines: wrapShort(seen, seenWidth, seenLines), width: seenWidth, style: 'dim' },
    ]);

const stackedRow: Row = (page, result, tone, title, seen) => {
  const width = page.width - resultWidth - 3;
  return columns(page, 1, [
    { lines: [result], width: resultWidth, style: tone },
    { lines: [...wrapText(title, width), ...wrapShort(seen, width, seenLines)], width },
  ]);
};
