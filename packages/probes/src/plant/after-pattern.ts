import * as randexp from 'randexp';
import * as z from 'zod';

interface Maker {
  max: number;
  randInt: (from: number, to: number) => number;
  gen(): string;
}

// The package is CommonJS, and its types say otherwise of its default export than what Node makes of it.
const RandExp = z
  .custom<new (pattern: string) => Maker>((value) => typeof value === 'function')
  .parse(randexp.default);

const tries = 10;

/**
 * A text made after a regular expression; null when none of a few fits.
 *
 * @param below a number from 0 up to this limit
 */
export function afterPattern(
  pattern: string,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
  below: (limit: number) => number = () => 0,
): string | null {
  try {
    const expression = new RegExp(pattern, 'u');
    const maker = new RandExp(pattern);
    maker.max = 8;
    maker.randInt = (from, to) => from + below(to - from + 1);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const text = maker.gen();
      if (text.length >= minLength && text.length <= maxLength && expression.test(text)) return text;
    }
  } catch {
    return null;
  }
  return null;
}
