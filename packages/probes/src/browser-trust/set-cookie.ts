/** One Set-Cookie line, read as RFC 6265 section 5.2 says: names of attributes in any case, the last of each counts. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | 'absent';
  readonly path: string | null;
  readonly domain: string | null;
  /** The line takes the cookie away: no age left, or a day in the past. */
  readonly removes: boolean;
}

/** Reads a Set-Cookie line; null when it names no cookie. */
export function parseSetCookie(line: string, now: Date): SetCookie | null {
  const [pair = '', ...parts] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  if (name === '') return null;
  const attributes = new Map<string, string>();
  for (const part of parts) {
    const [key = '', ...rest] = part.split('=');
    attributes.set(key.trim().toLowerCase(), rest.join('=').trim());
  }
  const age = attributes.get('max-age');
  const expires = Date.parse(attributes.get('expires') ?? '');
  const removes = age === undefined || !/^-?\d+$/.test(age) ? expires <= now.getTime() : Number(age) <= 0;
  return {
    name,
    value: pair.slice(equals + 1).trim(),
    httpOnly: attributes.has('httponly'),
    secure: attributes.has('secure'),
    sameSite: sameSite(attributes.get('samesite')),
    path: attributes.get('path') ?? null,
    domain: attributes.get('domain') ?? null,
    removes,
  };
}

function sameSite(value: string | undefined): SetCookie['sameSite'] {
  const known = value?.toLowerCase();
  // A value that browsers do not know is as good as none.
  return known === 'strict' || known === 'lax' || known === 'none' ? known : 'absent';
}
