import type { Actor } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';

/** Proven actors of a tenant, the strongest role first. */
export function actorsOf(
  { target, sessions }: Pick<ProbeContext, 'target' | 'sessions'>,
  tenant: string,
): readonly Actor[] {
  const rank = (role: string): number => {
    const index = target.roles.indexOf(role);
    return index < 0 ? target.roles.length : index;
  };
  return sessions.actors
    .filter((actor) => actor.tenant === tenant)
    .toSorted((a, b) => rank(a.role) - rank(b.role));
}
