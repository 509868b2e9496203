import type { EvidenceMap } from '@launch-ready/core';

/** What tokens of one kind look like side by side. */
type TokenStrength = NonNullable<EvidenceMap['resetReplay']['strength']>;

const alphabets: readonly (readonly [RegExp, number, string])[] = [
  [/^\d+$/, 10, 'digits'],
  [/^[\da-f-]+$/i, 16, 'hexadecimal digits'],
  [/^[a-z]+$/, 26, 'small letters'],
  [/^[a-z\d]+$/, 36, 'small letters and digits'],
  [/^[a-z\d]+$/i, 62, 'letters and digits'],
];
/** Two neighbours that were made by counting, or by a clock, differ by less than this. */
const smallStep = 2n ** 32n;

/**
 * Measures tokens, in the order in which they were made: how much of them can be random at most, whether they count up, and
 * whether they hold the time. Positions that are the same in all count nothing.
 * @param span first and last moment in which they were made, in milliseconds since 1970
 * @param typed whether a person types it, rather than follows a link
 */
export function strengthOf(
  tokens: readonly string[],
  span: readonly [number, number],
  typed: boolean,
): TokenStrength | null {
  if (tokens.length < 2) return null;
  const lengths = new Set(tokens.map((one) => one.length));
  const shortest = Math.min(...lengths);
  const [, size, name] = alphabets.find(([pattern]) => tokens.every((one) => pattern.test(one))) ?? [
    null,
    64,
    'letters, digits and signs',
  ];
  const signed = tokens.every((one) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(one) && one.startsWith('ey'));
  const differing = [...Array(shortest).keys()].filter(
    (at) => new Set(tokens.map((one) => one[at])).size > 1,
  ).length;
  // With few tokens some random positions agree by chance: what that chance explains is given back.
  const byChance = 1 - size ** -(tokens.length - 1);
  const random = Math.min(shortest, differing / byChance);
  const numbers = size <= 16 ? tokens.map(asNumber) : [];
  const steps = numbers.slice(1).map((one, at) => one - (numbers[at] ?? 0n));
  const bits = signed ? 128 : Math.round(random * Math.log2(size));
  return {
    count: tokens.length,
    shape: signed ? 'signed' : typed ? 'typed-code' : 'random',
    bits,
    repeats: new Set(tokens).size < tokens.length,
    consecutive:
      !signed && !typed && steps.length >= 2 && steps.every((step) => step > 0n && step < smallStep),
    holdsTime: !signed && tokens.every((one) => holdsTime(one, span)),
    looks: `${lengths.size === 1 ? shortest : `${shortest} or more`} ${name}`,
  };
}

const asNumber = (token: string): bigint => {
  const digits = token.replaceAll('-', '');
  return /^\d+$/.test(digits) ? BigInt(digits) : BigInt(`0x${digits}`);
};

/** Whether the time of making stands in it, in seconds or milliseconds, in decimal or hexadecimal. */
function holdsTime(token: string, [from, to]: readonly [number, number]): boolean {
  const near = (ms: number): boolean => ms >= from - 5000 && ms <= to + 5000;
  const texts = [token, decoded(token)];
  return texts.some((text) =>
    [...text.matchAll(/1\d{9}(\d{3})?/g)]
      .map(([one]) => (one.length === 13 ? Number(one) : Number(one) * 1000))
      .some(near),
  );
}

const decoded = (token: string): string => Buffer.from(token, 'base64url').toString('latin1');
