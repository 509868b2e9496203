import type { ActorId } from '@launch-ready/core';
import type { Random } from '../clock.ts';

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const randomPart = 8;
/** Shorter text cannot hold a marker that is unique beyond doubt. */
export const shortestCanary = 5 + randomPart;

/** Letters that a search for the beginning of a canary leaves out. */
export const unsearchedLetters = 3;

/** The beginning of a canary: enough to find nothing else, and never taken for the whole. */
export const canaryStart = (canary: string): string => canary.slice(0, -unsearchedLetters);

/** Makes the unique markers of a run. */
export interface CanaryMint {
  /** First letters of every marker of this run. */
  readonly prefix: string;
  /** `lr`, run (3), actor (2), field (2), 40 random bits (8): 17 lower-case letters and digits. */
  mint(actor: ActorId, field: string): string;
  /** The same marker without actor and field, for fields of 13 to 16 characters. */
  short(canary: string): string;
  /** Nine random digits, of which the third is not below 2, so that they can end a telephone number. */
  digits(): string;
}

export function createCanaryMint(random: Random): CanaryMint {
  const prefix = `lr${random.token(3)}`;
  const actors: string[] = [];
  return {
    prefix,
    mint: (actor, field) => {
      if (!actors.includes(actor)) actors.push(actor);
      return `${prefix}${twoLetters(actors.indexOf(actor))}${twoLetters(checksum(field))}${random.token(randomPart)}`;
    },
    digits: () =>
      [1, 0, 2, 0, 0, 0, 0, 0, 0]
        .map((least) => String(least + Math.floor(random.next() * (10 - least))))
        .join(''),
    short: (canary) => prefix + canary.slice(-randomPart),
  };
}

const twoLetters = (number: number): string => base32.charAt((number >> 5) & 31) + base32.charAt(number & 31);

const checksum = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) & 1023, 0);
