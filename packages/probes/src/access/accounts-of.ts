import type { Front } from '../cross-tenant/front.ts';

/** Account names of a tenant that no other tenant shares. */
export function accountsOf(front: Pick<Front, 'workshop'>, tenant: string): readonly string[] {
  const { target } = front.workshop.context;
  const all = [...target.actors, ...Object.values(target.throwaways)];
  return all.flatMap(({ tenant: of, login }) =>
    of === tenant && login.kind === 'password' && login.username.length >= 5
      ? [login.username.toLowerCase()]
      : [],
  );
}
