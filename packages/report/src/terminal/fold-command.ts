import { visibleText } from '../words/visible-text.ts';
import { displayWidth } from './display-width.ts';

/** Shell words as written, quotes kept; blanks and escaped line ends between them are gone. */
const shellWord = /(?:[^\s'"\\]|\\[^\n]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|['"\\](?!\n))+/g;

/**
 * A shell command over several lines that can still be copied: it is broken only between words, with a backslash. A word
 * that is longer than a line stays whole.
 */
export function foldCommand(command: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [word] of visibleText(command).matchAll(shellWord)) {
    if (line === '') line = word;
    else if (displayWidth(line) + displayWidth(word) + 3 <= width) line += ` ${word}`;
    else {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    }
  }
  return [...lines, line].flatMap((each) => each.split('\n'));
}
