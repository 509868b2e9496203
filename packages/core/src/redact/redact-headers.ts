import type { HeaderList } from '../model/exchange.ts';
import type { ReplaceSecret } from './redact-json-members.ts';
import { nameSecrecy } from './secret-name.ts';

/** Redacts a header by its name; null when the name says nothing of a secret. */
function redactHeader(name: string, value: string, replace: ReplaceSecret): string | null {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
      return redactAuthorization(value, replace);
    case 'cookie':
      return value
        .split(';')
        .map((pair) => redactPair(pair, replace))
        .join(';');
    case 'set-cookie':
      return redactSetCookie(value, replace);
    default:
      return nameSecrecy(name) === 'always' && value.trim() !== '' ? replace(value) : null;
  }
}

/** Redacts a list of headers: by their names where these speak of secrets, and otherwise by their text. */
export const redactHeaders = (
  headers: HeaderList,
  replace: ReplaceSecret,
  text: (value: string) => string,
): HeaderList => headers.map(([name, value]) => [name, redactHeader(name, value, replace) ?? text(value)]);

/** The scheme (RFC 9110 section 11.4) stays: it tells how one logs in. */
function redactAuthorization(value: string, replace: ReplaceSecret): string {
  const [, lead = '', credential = ''] = /^(\s*[A-Za-z][A-Za-z0-9-]{0,31}\s+)?(.*)$/s.exec(value) ?? [];
  return credential === '' ? value : lead + replace(credential);
}

/** The first part is the cookie; the rest are attributes (RFC 6265 section 4.1) and stay. */
function redactSetCookie(value: string, replace: ReplaceSecret): string {
  const end = value.indexOf(';');
  return end === -1
    ? redactPair(value, replace)
    : redactPair(value.slice(0, end), replace) + value.slice(end);
}

function redactPair(pair: string, replace: ReplaceSecret): string {
  const equals = pair.indexOf('=');
  const from = equals + 1;
  const value = pair.slice(from);
  const [lead = ''] = /^\s*/.exec(value) ?? [];
  const bare = value.trim();
  return bare === '' ? pair : pair.slice(0, from) + lead + replace(bare);
}

const headerLine =
  /^([ \t]{0,8}[<>]?[ \t]{0,8})((?:proxy-)?authorization|cookie|set-cookie|x-[a-z0-9-]{0,40}(?:key|token|secret|signature)|api-?key)([ \t]{0,8}:[ \t]{0,8})([^\r\n]+)/gim;

/** Redacts header lines that stand in a text, such as an echo of the request on an error page or in a log. */
export const redactHeaderLines = (text: string, replace: ReplaceSecret): string =>
  text.replace(
    headerLine,
    (_, lead: string, name: string, colon: string, value: string) =>
      lead + name + colon + (redactHeader(name, value, replace) ?? value),
  );
