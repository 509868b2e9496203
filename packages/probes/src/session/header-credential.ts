import type { ActorId, HeaderList } from '@launch-ready/core';
import type { Credential } from './sessions.ts';
import { tamperSecret } from './tamper.ts';

/** A header in which applications expect a token, with what stands before it. */
export interface TokenHeader {
  readonly name: string;
  readonly prefix: string;
}

export const bearerHeader: TokenHeader = { name: 'authorization', prefix: 'Bearer ' };

/** A token in a request header. */
export function headerCredential(
  actor: ActorId,
  token: string,
  header: TokenHeader,
  extra: HeaderList = [],
): Credential {
  const own: HeaderList = [[header.name, `${header.prefix}${token}`], ...extra];
  return {
    actor,
    kind: header.name === 'authorization' ? 'bearer' : 'header',
    headers: () => own,
    absorb: () => {},
    tampered: () => headerCredential(actor, tamperSecret(token), header, extra),
    snapshot: () => headerCredential(actor, token, header, extra),
  };
}
