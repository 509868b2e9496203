import type { ActorId } from '@launch-ready/core';
import type { SavedState } from '../target/saved-state.ts';
import { keptCookies } from './cookie-credential.ts';
import { expiryOf } from './expiry.ts';
import { findToken } from './find-token.ts';
import { bearerHeader, fixedCredential, headerCredential } from './header-credential.ts';
import type { Credential } from './sessions.ts';

/** What a saved browser state may be recognised by: its cookies, tokens of its local storage, and both together. */
export function savedCredentials(
  actor: ActorId,
  state: SavedState,
  origins: readonly string[],
  nowMs: number,
): { readonly credentials: readonly Credential[]; readonly secrets: readonly string[] } {
  const hosts = origins.map((origin) => new URL(origin).hostname);
  const fitting = state.cookies.filter(({ domain }) => {
    const bare = domain.replace(/^\./, '');
    return hosts.some((host) => host === bare || (domain.startsWith('.') && host.endsWith(`.${bare}`)));
  });
  const live = fitting.filter(({ expires }) => expires <= 0 || expires * 1000 > nowMs);
  const stored = state.origins
    .filter(({ origin }) => origins.includes(origin))
    .flatMap(({ localStorage }) => localStorage);
  const tokens = [...new Set(stored.flatMap(({ name, value }) => tokenIn(name, value)))];
  const cookies = live.length === 0 ? [] : [keptCookies(actor, live)];
  const bearers = tokens.map((token) =>
    headerCredential(actor, token, bearerHeader, [], expiryOf(token, null, nowMs) ?? undefined),
  );
  const both = cookies.flatMap((jar) =>
    tokens.slice(0, 1).map((token) => {
      const line = jar
        .headers(origins[0] ?? '')
        .map(([, value]) => value)
        .join('; ');
      return fixedCredential(actor, [
        ['authorization', `Bearer ${token}`],
        ['cookie', line],
      ]);
    }),
  );
  return {
    credentials: [...cookies, ...bearers, ...both],
    secrets: [...live.map(({ value }) => value), ...tokens].filter((value) => value.length >= 8),
  };
}

/** Tokens in one value of a local storage: the value itself, or a field of the JSON that it is. */
function tokenIn(name: string, value: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'string') return tokenIn(name, parsed);
    const found = findToken(parsed, []);
    return found ? [found.token] : [];
  } catch {
    const isJwt = /^[\w-]{8,}\.[\w-]{8,}\.[\w-]*$/.test(value);
    return isJwt || (/token|jwt|auth|session/i.test(name) && /^\S{16,}$/.test(value)) ? [value] : [];
  }
}
