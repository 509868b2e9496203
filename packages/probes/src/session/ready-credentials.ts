import type { ActorId } from '@launch-ready/core';
import type { LoginMethod, Target } from '../target/target.ts';
import { givenCookies } from './cookie-credential.ts';
import { expiryOf } from './expiry.ts';
import { bearerHeader, fixedCredential, headerCredential } from './header-credential.ts';
import { savedCredentials } from './saved-credentials.ts';
import type { Credential } from './sessions.ts';

/** Credentials that the target file gives as they are, and what of them must not be recorded. */
export function readyCredentials(
  actor: ActorId,
  login: LoginMethod,
  { target, nowMs }: { readonly target: Pick<Target, 'api' | 'origins'>; readonly nowMs: () => number },
): {
  readonly name: string;
  readonly credentials: readonly Credential[];
  readonly secrets: readonly string[];
} {
  const long = (values: readonly string[]): readonly string[] => values.filter((value) => value.length >= 8);
  if (login.kind === 'bearer') {
    const expiresAt = expiryOf(login.token, null, nowMs()) ?? undefined;
    const credential = headerCredential(actor, login.token, bearerHeader, [], expiresAt);
    return { name: 'bearer', credentials: [credential], secrets: long([login.token]) };
  }
  if (login.kind === 'cookie') {
    const { cookie } = login;
    const values = cookie.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
    return {
      name: 'cookie',
      credentials: [givenCookies(actor, cookie, target.api)],
      secrets: long([cookie, ...values]),
    };
  }
  if (login.kind === 'headers') {
    const secrets = login.headers.flatMap(([, value]) => [value, value.replace(/^\w+ /, '')]);
    return { name: 'headers', credentials: [fixedCredential(actor, login.headers)], secrets: long(secrets) };
  }
  if (login.kind === 'saved') {
    const origins = [...new Set(Object.values(target.origins))];
    return { name: 'saved browser state', ...savedCredentials(actor, login.state, origins, nowMs()) };
  }
  return { name: login.kind, credentials: [], secrets: [] };
}
