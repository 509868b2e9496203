import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Random } from './clock.ts';
import { base32Alphabet } from './seeded-random.ts';

/** Randomness nobody can guess, for real runs. */
export const cryptoRandom: Random = {
  next: () => randomInt(2 ** 47) / 2 ** 47,
  token: (length) => Array.from(randomBytes(length), (byte) => base32Alphabet.charAt(byte & 31)).join(''),
  uuid: () => randomUUID(),
};
