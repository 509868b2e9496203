import type { Review } from '@launch-ready/core';
import { lineWords } from '../words/status-word.ts';
import { gates } from '../views/gates.ts';
import { block, columns } from './columns.ts';
import type { Page } from './page.ts';
import { clauses } from '../views/clauses.ts';
import { wrapShort, wrapText } from './wrap-text.ts';

const shown = 2;

/** The first statements of a reason, two lines each, and how many more there are. */
function shortClauses(because: string, width: number): readonly string[] {
  const all = clauses(because);
  const rest = all.length - shown;
  return [
    ...all.slice(0, shown).flatMap((each) => wrapShort(each, width, 2)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

/** The gates that keep this launch from being go; nothing when all passed. */
export function gateLines(review: Review, page: Page): readonly string[] {
  const open = gates(review).filter((line) => line.status === 'fail' || line.status === 'unknown');
  const rows = open.flatMap((line) => {
    const { sign, word, tone } = lineWords[line.status];
    const text = [...wrapText(line.title, page.width - 18), ...shortClauses(line.because, page.width - 18)];
    return columns(page, 1, [
      { lines: [`${sign} ${word}`], width: 14, style: tone },
      { lines: text, width: page.width - 18 },
    ]);
  });
  return block(page, 'GATES THAT ARE NOT PASSED', rows);
}
