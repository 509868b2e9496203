import type { Random } from '../clock.ts';

/** An id of the same shape as this one that stands for nothing. */
export function unknownIdLike(id: string, random: Random): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(id)) return random.uuid();
  if (/^\d+$/.test(id))
    return String(900_000_000 + Math.floor(random.next() * 90_000_000)).slice(0, Math.max(id.length, 9));
  const pick = (alphabet: string): string => alphabet.charAt(Math.floor(random.next() * alphabet.length));
  const isHex = /^[0-9a-f]+$/i.test(id);
  return [...id]
    .map((letter, index) => {
      if (index < 2 && !isHex) return letter;
      if (/\d/.test(letter)) return pick('0123456789');
      if (/[a-z]/.test(letter)) return pick(isHex ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz');
      if (/[A-Z]/.test(letter)) return pick(isHex ? 'ABCDEF' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
      return letter;
    })
    .join('');
}
