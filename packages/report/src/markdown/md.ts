import { visibleLine, visibleText } from '../words/visible-text.ts';

/** Everything that starts markup in CommonMark or GFM, inside a line. */
const special = /[\\`*_[\]#|~$]/g;

/** Text that means only itself, on one line: no markup, no table cell ends, nobody is notified. */
export function mdText(text: string): string {
  return visibleLine(text)
    .replaceAll('&', '&amp;')
    .replace(special, (found) => `\\${found}`)
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^([-+=]|\d+[.)])/, (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`)
    .replace(/(^|[^\w])@(?=\w)/g, '$1@<!-- -->')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}\\.`);
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** A code span for a table or a sentence, fenced by more backticks than it holds. */
export function mdCode(text: string): string {
  const line = visibleLine(text).replaceAll('|', '\\|');
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = fence.length > 1 || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A code block that its text cannot leave. */
export function mdBlock(language: string, text: string): string {
  const shown = visibleText(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** A table whose cells are already markup. */
export const mdTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
