import type { ReplaceSecret } from './redact-json-members.ts';
import { nameSecrecy } from './secret-name.ts';

const separator = /=|%3d/gi;
/** By character code, because every letter before every sign is looked at. */
const isNameCode: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9_.[\]%-]/.test(String.fromCharCode(code)),
);
const longestName = 64;
/** What ends a value, whether it stands in a URL, a form, a cookie line, a log line or markup. */
const plainEnd = /[&\s"'<>;#\\]|$/g;
const encodedEnd = /%26|[&\s"'<>;#\\]|$/gi;

/**
 * Replaces the values of parameters with secret names: `name=value` in URLs, forms and log lines, quoted or not, and
 * `name%3Dvalue` in a URL that is itself a parameter.
 */
export function redactParameters(text: string, replace: ReplaceSecret): string {
  const parts: string[] = [];
  let kept = 0;
  separator.lastIndex = 0;
  for (let match = separator.exec(text); match !== null; match = separator.exec(text)) {
    const encoded = match[0] !== '=';
    if (nameSecrecy(nameBefore(text, match.index, kept)) === 'never') continue;
    const [from, to] = valueAfter(text, separator.lastIndex, encoded);
    separator.lastIndex = to;
    const value = decodeParameter(text.slice(from, to));
    const redacted = replace(value);
    if (redacted === value) continue;
    parts.push(text.slice(kept, from), redacted);
    kept = to;
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}

function nameBefore(text: string, end: number, floor: number): string {
  let start = end;
  while (start > floor && end - start < longestName && isNameCode[text.charCodeAt(start - 1)] === true)
    start -= 1;
  const name = text.slice(start, end);
  // In an encoded URL the name follows an encoded sign: `%3Ftoken`, `%26token`.
  return name.includes('%') ? name.replace(/^.*%(?:3f|26|23|3b|20)/i, '') : name;
}

function valueAfter(text: string, start: number, encoded: boolean): readonly [from: number, to: number] {
  const quote = text.charAt(start);
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, start + 1);
    const line = text.slice(start + 1, start + 4097).search(/[\r\n]/);
    if (close !== -1 && close - start <= 4096 && (line === -1 || close < start + 1 + line))
      return [start + 1, close];
  }
  const end = encoded ? encodedEnd : plainEnd;
  end.lastIndex = start;
  return [start, end.exec(text)?.index ?? text.length];
}

/** The value of a parameter (application/x-www-form-urlencoded); as it is when it is not well encoded. */
export function decodeParameter(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
