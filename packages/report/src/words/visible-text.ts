/** C0 without tab and line feed, DEL, C1, line and paragraph separators, direction controls, invisible spaces. */
const hidden = /(?![\t\n])\p{Cc}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const shown = (character: string): string => {
  const code = character.codePointAt(0) ?? 0xfffd;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
};

/**
 * Text from a target with everything a reader could not see made visible: terminal escapes, direction overrides
 * (which can make a line read backwards), invisible characters and broken surrogates. Line feeds and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').toWellFormed().replace(hidden, shown);
}

/** The same, on one line: what goes into a table cell, a heading or a sentence. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}
