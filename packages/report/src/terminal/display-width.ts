/** East Asian wide and full-width forms, and emoji, which take two columns (Unicode annex 11, abridged to whole blocks). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const none = /\p{Mn}|\p{Me}|\u200c|\u200d/u;

/** How many columns one character takes. */
export const characterWidth = (character: string): number =>
  none.test(character) ? 0 : wide.test(character) ? 2 : 1;

/** How many columns a text without escape sequences takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text filled up with spaces to so many columns. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));
