import type { ActorId } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { Answer } from '../transport/transport.ts';
import type { CookieCredential } from './cookie-credential.ts';
import { expiryOf } from './expiry.ts';
import { findCsrfToken, findToken } from './find-token.ts';
import { bearerHeader, headerCredential, type TokenHeader } from './header-credential.ts';
import type { Credential } from './sessions.ts';

/** An answer that may have given credentials, and what was known before it. */
export interface GivenBy {
  readonly actor: ActorId;
  readonly target: Pick<Target, 'app' | 'api'>;
  readonly answer: Answer;
  /** The cookies of this login, the answer's among them. */
  readonly jar: CookieCredential;
  readonly csrf: string | null;
  readonly nowMs: number;
}

/** Credentials that an answer may have given, the likeliest first; only a proof tells. */
export function credentialsOf({ actor, target, answer, jar, csrf, nowMs }: GivenBy): readonly Credential[] {
  const found: Credential[] = [];
  const json: unknown = answer.json();
  const token = findToken(json, answer.headers);
  const sets =
    answer.headerValues('set-cookie').length > 0 ||
    jar.names(target.app).length > 0 ||
    jar.names(target.api).length > 0;
  if (sets) {
    const afterwards = findCsrfToken(json) ?? csrf;
    found.push(afterwards === null ? jar : withCsrf(jar, afterwards));
  }
  if (!token) return found;
  const expiresAt = expiryOf(token.token, json, nowMs) ?? undefined;
  const places: readonly TokenHeader[] = [
    bearerHeader,
    ...(token.name.startsWith('x-') ? [{ name: token.name, prefix: '' }] : []),
    ...(/session/i.test(token.name)
      ? [
          { name: 'x-parse-session-token', prefix: '' },
          { name: 'x-session-token', prefix: '' },
        ]
      : []),
    { name: 'x-access-token', prefix: '' },
    { name: 'x-auth-token', prefix: '' },
    ...['Token ', 'JWT ', ''].map((prefix) => ({ name: 'authorization', prefix })),
  ];
  const unique = places.filter(
    (place, index) =>
      places.findIndex(({ name, prefix }) => name === place.name && prefix === place.prefix) === index,
  );
  return [...found, ...unique.map((place) => headerCredential(actor, token.token, place, [], expiresAt))];
}

const withCsrf = (credential: Credential, token: string): Credential => ({
  ...credential,
  tampered: (part) => withCsrf(credential.tampered(part), token),
  snapshot: () => withCsrf(credential.snapshot(), token),
  pageHeaders: () => [['x-csrf-token', token]],
});
