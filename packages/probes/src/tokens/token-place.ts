import { jsonScalars } from '../plant/json-scalars.ts';

/** Where an answer shows the token of an invite. */
export interface TokenPlace {
  readonly pointer: string;
  /** What stands right before it in that text, such as `/` or `?token=`; empty when the text is the token. */
  readonly after: string;
}

/** Looks for a token in an answer, alone or inside a link; null when the answer does not show it. */
export function placeOfToken(json: unknown, token: string): TokenPlace | null {
  const scalars = jsonScalars(json).map(({ pointer, value }) => ({ pointer, text: String(value ?? '') }));
  const alone = scalars.find(({ text }) => text === token);
  if (alone !== undefined) return { pointer: alone.pointer, after: '' };
  const inside = scalars.find(({ text }) => text.includes(token));
  if (inside === undefined) return null;
  const before = inside.text.slice(0, inside.text.indexOf(token));
  const after = /[/?&#][^/?&#]*$/.exec(before)?.[0] ?? '';
  return after === '' ? null : { pointer: inside.pointer, after };
}
