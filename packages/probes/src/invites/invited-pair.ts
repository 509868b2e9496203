import type { ActorId } from '@launch-ready/core';
import { actorsOf } from '../access/ranked-actors.ts';
import type { ProbeContext } from '../probe.ts';

/** Who invites whom. */
export interface InvitedPair {
  readonly tenant: string;
  readonly inviter: ActorId;
  /** A throw-away account of another tenant, with an address. */
  readonly guest: { readonly actor: ActorId; readonly address: string };
}

/** Somebody who may invite, and a throw-away account of another tenant that may be invited. */
export function invitedPair(context: ProbeContext): InvitedPair | { readonly because: string } {
  const { target, sessions } = context;
  for (const tenant of target.tenants) {
    const [inviter] = actorsOf(context, tenant);
    if (inviter === undefined) continue;
    for (const other of target.tenants) {
      const actor = other === tenant ? null : sessions.throwaway(other);
      const address = actor === null ? null : (sessions.secretOf(actor)?.username ?? null);
      if (actor !== null && address?.includes('@'))
        return { tenant, inviter: inviter.id, guest: { actor, address } };
    }
  }
  return {
    because:
      'the target file names no throw-away account with a mail address in another tenant, which could accept an invite',
  };
}
