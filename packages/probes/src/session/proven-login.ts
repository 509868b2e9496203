import type { ActorId } from '@launch-ready/core';
import { CannotStart } from './cannot-start.ts';
import { identityOf } from './proof.ts';
import type { Proven } from './prover.ts';

/**
 * Remembers whose account a login showed.
 * @throws {CannotStart} an earlier actor showed the same identity
 */
export function refuseSameAccount(id: ActorId, proven: Proven, identities: Map<string, ActorId>): void {
  const identity = identityOf(proven.proof.url, proven.answer);
  if (identity === null) return;
  const other = identities.get(identity);
  if (other !== undefined) {
    throw new CannotStart(`${other} and ${id} are the same account; give each actor an account of its own`);
  }
  identities.set(identity, id);
}

/** How a login was proven, in words. */
export function reasonOf({ proof, answer, credential }: Proven): string {
  const path = new URL(proof.url).pathname;
  if (proof.by === 'complaint')
    return `an empty POST ${path} answers ${answer.status} with its ${credential.kind} and ${proof.nobody.status} to nobody`;
  return proof.by === 'status'
    ? `GET ${path} answers ${answer.status} with its ${credential.kind} and ${proof.nobody.status} to nobody`
    : `GET ${path} shows its account with its ${credential.kind} and none to nobody`;
}
