import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';

/** A throw-away when there is one; otherwise an actor whose password is known, in a session of its own. */
export function accountToLogOut({ sessions, target }: ProbeContext): ActorId | null {
  const throwaways = target.tenants.flatMap((tenant) => sessions.throwaway(tenant) ?? []);
  const actors = sessions.actors.map((actor) => actor.id);
  return [...throwaways, ...actors.toReversed()].find((id) => sessions.secretOf(id) !== null) ?? null;
}
