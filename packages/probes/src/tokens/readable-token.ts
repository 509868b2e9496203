import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import type { Credential } from '../session/sessions.ts';

/** A signed token that can be read by anybody who holds it (JWS compact form, RFC 7515 section 3.1). */
export interface ReadableToken {
  readonly text: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

const compact = /eyJ[\w-]+\.eyJ[\w-]*\.[\w-]*/;

/** Reads a token; null when the text holds none. */
export function readableToken(text: string): ReadableToken | null {
  const found = compact.exec(text)?.[0];
  if (found === undefined) return null;
  const [header, claims] = found.split('.').slice(0, 2).map(decoded);
  return header && claims && 'alg' in header ? { text: found, header, claims } : null;
}

/** The token that a credential carries in some header, a cookie included; null when it carries none that can be read. */
export function readableTokenOf(credential: Credential, url: string): ReadableToken | null {
  for (const [, value] of credential.headers(url)) {
    const token = readableToken(value);
    if (token !== null) return token;
  }
  return null;
}

/** Seconds until the end that a token states (`exp`, RFC 7519 section 4.1.4); null when it states none. */
export function secondsLeft(token: ReadableToken, now: Date): number | null {
  const { exp } = token.claims;
  return typeof exp === 'number' ? Math.round(exp - now.getTime() / 1000) : null;
}

/** The same credential with another token in the place of the one that it carries. */
export function withToken(credential: Credential, from: string, to: string): Credential {
  return {
    ...credential,
    headers: (url) =>
      credential.headers(url).map(([name, value]): [string, string] => [name, value.replace(from, () => to)]),
    absorb: () => {},
    snapshot: () => withToken(credential.snapshot(), from, to),
  };
}

function decoded(part: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
