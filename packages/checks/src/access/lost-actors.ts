import type { ActorId, Gathered } from '@launch-ready/core';

/** Actors whose login was not proven, or was found dead after a probe: what they were refused proves nothing. */
export function lostActors(logins: Gathered<'logins'>, afterProbe: string): ReadonlySet<ActorId> {
  const lost = logins.actors.filter(
    ({ proven, heartbeats }) =>
      !proven || heartbeats.some(({ after, alive }) => after === afterProbe && !alive),
  );
  return new Set(lost.map(({ actor }) => actor));
}
