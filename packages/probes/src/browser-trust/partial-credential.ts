import type { HeaderList } from '@launch-ready/core';
import type { Credential } from '../session/sessions.ts';

/** Names of the cookies that a credential sends. */
export function cookieNames(credential: Credential, url: string): readonly string[] {
  return [...new Set(cookiePairs(credential.headers(url)).map(([name]) => name))];
}

/** The same credential with some of its cookies left out. */
export function withCookies(credential: Credential, keep: (name: string) => boolean): Credential {
  const headers = (url: string): HeaderList => {
    const all = credential.headers(url);
    const kept = cookiePairs(all).filter(([name]) => keep(name));
    const others = all.filter(([name]) => name.toLowerCase() !== 'cookie');
    return kept.length === 0
      ? others
      : [...others, ['cookie', kept.map(([name, value]) => `${name}=${value}`).join('; ')]];
  };
  return {
    ...credential,
    actor: credential.actor,
    kind: credential.kind,
    headers,
    absorb: () => undefined,
    tampered: (part) => withCookies(credential.tampered(part), keep),
    snapshot: () => withCookies(credential.snapshot(), keep),
  };
}

/** Name and value of every cookie in request headers. */
export function cookiePairs(headers: HeaderList): readonly (readonly [string, string])[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
}
