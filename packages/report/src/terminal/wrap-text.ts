import { visibleLine } from '../words/visible-text.ts';
import { characterWidth, displayWidth } from './display-width.ts';

/** Cuts a word that is longer than a line into pieces that fit. */
function pieces(word: string, width: number): readonly string[] {
  const cut: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const more = characterWidth(character);
    if (used + more > width && piece !== '') {
      cut.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += more;
  }
  return [...cut, piece];
}

/** A text as lines of at most `width` columns, at least one line. Line breaks in the text become spaces. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visibleLine(text)
    .split(' ')
    .flatMap((each) => pieces(each, width))) {
    if (line === '') line = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** At most so many lines of a text; the last one says by three dots that there is more. */
export function wrapShort(text: string, width: number, most: number): readonly string[] {
  const lines = wrapText(text, width);
  if (lines.length <= most) return lines;
  const [cut = ''] = wrapText(lines[most - 1] ?? '', width - 2);
  return [...lines.slice(0, most - 1), `${cut} …`];
}
