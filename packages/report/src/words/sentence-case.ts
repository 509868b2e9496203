/** A clause begun as a sentence. A first word that is a name of the target (`south.member`, `access/x`) is left alone. */
export const sentenceCase = (text: string): string =>
  /^[a-z]+(?=[\s,:;]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
