import type { Random } from './clock.ts';

/** Lower-case letters and digits of base32 (RFC 4648 section 6). */
export const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** The same values for the same seed; for tests and repeated runs, never where guessing must be hard. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: short, and even enough for choosing test values.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const digits = (length: number): string =>
    Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('');
  return {
    next,
    token: (length) => Array.from({ length }, () => base32Alphabet.charAt(Math.floor(next() * 32))).join(''),
    uuid: () => {
      const variant = '89ab'.charAt(Math.floor(next() * 4));
      return `${digits(8)}-${digits(4)}-4${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
    },
  };
}
