import type { ActorId, HeaderList } from '@launch-ready/core';
import type { Credential } from './sessions.ts';
import { tamperSecret } from './tamper.ts';

/** A header in which applications expect a token, with what stands before it. */
export interface TokenHeader {
  readonly name: string;
  readonly prefix: string;
}

export const bearerHeader: TokenHeader = { name: 'authorization', prefix: 'Bearer ' };

/**
 * A token in a request header.
 * @param expiresAt milliseconds since 1970, when known
 */
export function headerCredential(
  actor: ActorId,
  token: string,
  header: TokenHeader,
  extra: HeaderList = [],
  expiresAt?: number,
): Credential {
  const own: HeaderList = [[header.name, `${header.prefix}${token}`], ...extra];
  return {
    actor,
    kind: header.name === 'authorization' ? 'bearer' : 'header',
    headers: () => own,
    absorb: () => {},
    tampered: (part) => headerCredential(actor, tamperSecret(token, part), header, extra, expiresAt),
    snapshot: () => headerCredential(actor, token, header, extra, expiresAt),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** Headers that carry a session as they are. */
export function fixedCredential(actor: ActorId, headers: HeaderList, expiresAt?: number): Credential {
  return {
    actor,
    kind: headers.some(([name]) => name.toLowerCase() === 'authorization') ? 'bearer' : 'header',
    headers: () => headers,
    absorb: () => {},
    tampered: (part) =>
      fixedCredential(
        actor,
        headers.map(([name, value]): [string, string] => [name, tamperSecret(value, part)]),
        expiresAt,
      ),
    snapshot: () => fixedCredential(actor, headers, expiresAt),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
