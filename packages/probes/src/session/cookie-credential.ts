import type { ActorId, HeaderList } from '@launch-ready/core';
import { Cookie, CookieJar } from 'tough-cookie';
import type { SavedState } from '../target/saved-state.ts';
import { isLoopback, parseRawUrl } from '../transport/raw-url.ts';
import type { Credential } from './sessions.ts';
import { tamperSecret } from './tamper.ts';

/** A cookie credential, which can say whether it holds anything. */
export interface CookieCredential extends Credential {
  /** Names of the cookies that it would send. */
  names(url: string): readonly string[];
  snapshot(): CookieCredential;
}

const csrfName = /csrf|xsrf/i;

/**
 * The cookies of one account. Plain http on loopback counts as trustworthy for Secure and `__Host-` cookies, as browsers
 * treat localhost (Secure Contexts, section 3.1).
 */
export function cookieCredential(actor: ActorId, csrfToken: string | null = null): CookieCredential {
  return withJar(actor, newJar(), csrfToken);
}

/** A cookie credential from a `name=value; name=value` line for one URL. */
export function givenCookies(actor: ActorId, line: string, url: string): CookieCredential {
  const jar = newJar();
  for (const pair of line.split(';')) {
    const cookie = Cookie.parse(pair.trim(), { loose: true });
    if (cookie) jar.setCookieSync(cookie, trusted(url), { loose: true, ignoreError: true });
  }
  return withJar(actor, jar, null);
}

/** A cookie credential from cookies that a browser kept. */
export function keptCookies(actor: ActorId, cookies: SavedState['cookies']): CookieCredential {
  const jar = newJar();
  for (const { name, value, domain, path, httpOnly, secure } of cookies) {
    const host = domain.replace(/^\./, '');
    const cookie = new Cookie({
      key: name,
      value,
      path,
      httpOnly,
      secure,
      ...(domain.startsWith('.') ? { domain: host } : {}),
    });
    jar.setCookieSync(cookie, `https://${host}${path}`, { loose: true, ignoreError: true });
  }
  return withJar(actor, jar, null);
}

function withJar(actor: ActorId, jar: CookieJar, csrfToken: string | null): CookieCredential {
  const cookies = (url: string): readonly Cookie[] => jar.getCookiesSync(trusted(url));
  return {
    actor,
    kind: 'cookie',
    headers: (url) => {
      const line = cookies(url)
        .map((cookie) => cookie.cookieString())
        .join('; ');
      return line === '' ? [] : [['cookie', line]];
    },
    names: (url) => cookies(url).map((cookie) => cookie.key),
    absorb: (url, headers) => {
      for (const [name, value] of headers) {
        if (name === 'set-cookie') jar.setCookieSync(value, trusted(url), { loose: true, ignoreError: true });
      }
    },
    tampered: (part) => {
      const copy = jar.cloneSync() ?? newJar();
      const stored = copy.serializeSync()?.cookies ?? [];
      const changed = newJar();
      for (const entry of stored) {
        const cookie = Cookie.fromJSON(entry);
        if (!cookie) continue;
        if (!csrfName.test(cookie.key)) cookie.value = tamperSecret(cookie.value, part);
        changed.setCookieSync(cookie, `https://${cookie.domain ?? ''}${cookie.path ?? '/'}`, {
          loose: true,
          ignoreError: true,
        });
      }
      return withJar(actor, changed, csrfToken);
    },
    snapshot: () => withJar(actor, jar.cloneSync() ?? newJar(), csrfToken),
    pageHeaders: (url): HeaderList => {
      if (csrfToken !== null) return [['x-csrf-token', csrfToken]];
      const readable = cookies(url).find((cookie) => csrfName.test(cookie.key) && !cookie.httpOnly);
      if (!readable) return [];
      // Angular and Laravel read X-XSRF-TOKEN, Django X-CSRFToken, most others X-CSRF-Token.
      const header = /xsrf/i.test(readable.key)
        ? 'x-xsrf-token'
        : readable.key === 'csrftoken'
          ? 'x-csrftoken'
          : 'x-csrf-token';
      return [[header, decoded(readable.value)]];
    },
  };
}

const newJar = (): CookieJar => new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });

function trusted(url: string): string {
  const raw = parseRawUrl(url);
  return raw && raw.scheme === 'http' && isLoopback(raw.hostname) ? url.replace(/^http:/i, 'https:') : url;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
