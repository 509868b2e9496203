import type { Review } from '@launch-ready/core';
import { visibleLine } from '../words/visible-text.ts';
import { block } from './columns.ts';
import { findingLines } from './finding-lines.ts';
import { gateLines } from './gate-lines.ts';
import { leftoverLines } from './leftover-lines.ts';
import { notTestedLines } from './not-tested-lines.ts';
import { outboundLines } from './outbound-lines.ts';
import { makePage } from './page.ts';
import { redFlagLines } from './red-flag-lines.ts';
import { scorecardLines } from './scorecard-lines.ts';
import { verdictLines } from './verdict-lines.ts';

export interface TerminalOptions {
  /** The caller decides: not for NO_COLOR, pipes and dumb terminals. */
  readonly color: boolean;
  /** Columns; 80 when not given, kept between 40 and 110. */
  readonly width?: number;
  /** Where the reports were written; the line is left out without any. */
  readonly reports?: readonly string[];
}

/**
 * The review for a terminal, the verdict first. No line is wider than the page, except for one unbreakable word of a
 * command or a path of a report, which must stay whole to be copied. Control characters of the target are made visible.
 */
export function renderTerminal(review: Review, { color, width = 80, reports = [] }: TerminalOptions): string {
  const page = makePage(color, width);
  const lines = [
    ...verdictLines(review, page),
    ...gateLines(review, page),
    ...redFlagLines(review, page),
    ...scorecardLines(review, page),
    ...findingLines(review, page),
    ...notTestedLines(review, page),
    ...leftoverLines(review, page),
    ...outboundLines(review, page),
    ...block(
      page,
      'REPORTS',
      reports.map((path) => `   ${visibleLine(path)}`),
    ),
  ];
  return `${lines.join('\n')}\n\n`;
}
