/** The first line of a text, without control characters, cut to 300 characters: fit for a message to a person. */
export function oneLine(text: string): string {
  const first = text.trim().split(/[\r\n\u2028\u2029]/, 1)[0] ?? '';
  const plain = first.replace(/\p{Cc}+/gu, ' ').trim();
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
}
