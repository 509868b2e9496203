import { isReferenceName, isServerMade } from '../access/names.ts';

/** Fewer bits than this may stand in somebody else's data by chance. */
const leastBits = 40;

/** Fields whose values come from a small set, or name things that everybody may know. */
const commonName =
  /^(id|type|kind|status|state|role|category|locale|lang(uage)?|currency|country|time_?zone|slug|url|uri|href|link|self|next|prev|etag|version|hash|checksum|token|color|icon|format|mime_?type|content_?type|permission|scope|plan|visibility)s?$/i;

/**
 * Whether a value says beyond doubt whose it is: a line of text or an address that nobody else writes by chance. Ids are not:
 * knowing one is not having read anything.
 */
export function isDistinctive(key: string, value: unknown): value is string {
  if (typeof value !== 'string' || value.length < 10 || value.length > 200) return false;
  if (isServerMade(key) || isReferenceName(key) || commonName.test(key)) return false;
  // What is written otherwise in JSON, HTML or addresses could not be found again.
  if (!/^[\x20-\x7e]+$/.test(value) || /["'\\<>&%]/.test(value)) return false;
  if (/^\d{4}-\d\d-\d\d/.test(value) || /^https?:/i.test(value) || /^[\d\s.,:+-]+$/.test(value)) return false;
  if (/^[\da-f-]{16,}$/i.test(value) || /^[\dA-HJKMNP-TV-Z]{26}$/i.test(value)) return false;
  const isTalk = value.includes(' ') || value.includes('@') || /[a-z].*\d|\d.*[a-z]/i.test(value);
  return isTalk && bitsOf(value.toLowerCase()) >= leastBits;
}

/** Shannon's estimate from the letters of the text itself, in bits. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / text.length), 0);
}
