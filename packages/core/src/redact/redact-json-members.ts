import { looksLikeErrorCode, nameSecrecy, numberMayBeSecret } from './secret-name.ts';

/** Replaces one secret value; gives the value back when it is not to be replaced. */
export type ReplaceSecret = (value: string) => string;

/** A quoted name with a colon, at any depth of escaping: `"a":`, `\"a\":` inside a JSON string, `'a':` in a printed object. */
const memberName = /(\\{0,7})(["'])([^"'\\\r\n]{1,64})\1\2[ \t\r\n]{0,64}:[ \t\r\n]{0,64}/g;
const bareValue = /-?\d[\d.eE+-]{0,40}/y;

/**
 * Replaces the values of members with secret names. It reads the text from left to right and needs no valid JSON: a document
 * that is cut or broken, or that is printed inside another, is redacted as far as it goes. Names and layout stay.
 */
export function redactJsonMembers(text: string, replace: ReplaceSecret): string {
  const parts: string[] = [];
  let kept = 0;
  memberName.lastIndex = 0;
  for (let match = memberName.exec(text); match !== null; match = memberName.exec(text)) {
    const [, escapes = '', quote = '"', name = ''] = match;
    const secrecy = nameSecrecy(name);
    if (secrecy === 'never') {
      // The name may be a value before a colon in prose; a member can start right at its closing quote.
      continue;
    }
    const redact = (value: string): string =>
      secrecy === 'maybe' && looksLikeErrorCode(value) ? value : replace(value);
    const start = memberName.lastIndex;
    const end = redactValue(
      text,
      start,
      { escapes, quote, redact, numbers: numberMayBeSecret(name) },
      (from, to, put) => {
        parts.push(text.slice(kept, from), put);
        kept = to;
      },
    );
    memberName.lastIndex = end;
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}

interface ValueStyle {
  readonly escapes: string;
  readonly quote: string;
  readonly redact: ReplaceSecret;
  readonly numbers: boolean;
}

/** Redacts the value that starts at `at`, with all strings inside when it is a list or an object. Returns where it ends. */
function redactValue(
  text: string,
  at: number,
  style: ValueStyle,
  put: (from: number, to: number, text: string) => void,
): number {
  const open = style.escapes + style.quote;
  let depth = 0;
  let place = at;
  while (place < text.length) {
    const char = text.charAt(place);
    if (text.startsWith(open, place)) {
      const from = place + open.length;
      const to = closingQuote(text, from, style);
      place = Math.min(text.length, to + open.length);
      const isName = depth > 0 && /^[ \t\r\n]{0,64}:/.test(text.slice(place, place + 66));
      if (!isName && to > from) {
        const value = decode(text.slice(from, to), style);
        const redacted = style.redact(value);
        if (redacted !== value) put(from, to, redacted);
      }
    } else if (char === '{' || char === '[') {
      depth += 1;
      place += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      place += 1;
    } else if (style.numbers && (char === '-' || (char >= '0' && char <= '9'))) {
      bareValue.lastIndex = place;
      const number = bareValue.exec(text)?.[0] ?? char;
      const redacted = style.redact(number);
      if (redacted !== number) put(place, place + number.length, open + redacted + open);
      place += number.length;
    } else if (depth > 0) {
      place += 1;
    } else {
      return place;
    }
    if (depth <= 0) return place;
  }
  return place;
}

/** Index of the quote (with its escapes) that ends a string; the end of the text when it is cut. */
function closingQuote(text: string, from: number, { escapes, quote }: ValueStyle): number {
  let backslashes = 0;
  for (let place = from; place < text.length; place += 1) {
    const char = text.charAt(place);
    if (char === '\\') {
      backslashes += 1;
      continue;
    }
    if (char === quote) {
      // One level of escaping turns n backslashes before a quote into (n - 1) / 2 at the level above.
      let [inner, level] = [backslashes, escapes.length];
      while (level > 0 && inner % 2 === 1) [inner, level] = [(inner - 1) / 2, (level - 1) / 2];
      if (inner % 2 === 0)
        return level > 0 ? place - backslashes : place - Math.min(backslashes, escapes.length);
    }
    backslashes = 0;
  }
  return text.length;
}

/** The value as it was before it was written as JSON, so that equal secrets get equal tags. */
function decode(raw: string, { escapes }: ValueStyle): string {
  let value = raw;
  try {
    for (let level = escapes.length; ; level = (level - 1) / 2) {
      const decoded: unknown = JSON.parse(`"${value}"`);
      if (typeof decoded !== 'string') return raw;
      value = decoded;
      if (level < 1) return value;
    }
  } catch {
    return raw;
  }
}
