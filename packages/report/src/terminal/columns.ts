import { padded } from './display-width.ts';
import type { Page, Style } from './page.ts';

/** Lines side by side under one width. */
export interface Cell {
  readonly lines: readonly string[];
  readonly width: number;
  readonly style?: Style;
}

/** Cells next to each other, as many lines as the longest has. */
export function columns(page: Page, indent: number, cells: readonly Cell[]): readonly string[] {
  const height = Math.max(0, ...cells.map((cell) => cell.lines.length));
  return Array.from({ length: height }, (_, at) => {
    const row = cells.map(({ lines, width, style }) => {
      const text = padded(lines[at] ?? '', width);
      return style === undefined ? text : page.paint(style, text);
    });
    return `${' '.repeat(indent)}${row.join(' ')}`.trimEnd();
  });
}

/** A heading with its lines below it and an empty line above. */
export const block = (page: Page, title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', page.paint('bold', ` ${title}`), ...lines];
