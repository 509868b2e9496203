import { resolveTarget, type Target } from '@launch-ready/probes';
import type { RunningWorld, World } from '../worlds/world.ts';

const variable = (email: string): string => email.replace(/\W/g, '_').toUpperCase();

/** The target of a world that runs, with an actor per account. */
export function worldTarget(world: World, running: RunningWorld, folder: string): Target {
  const passwords = Object.fromEntries(
    world.accounts.map(({ email, password }) => [variable(email), password]),
  );
  const tenants: Record<string, Record<string, unknown>> = {};
  const throwaways: Record<string, unknown> = {};
  for (const { email, tenant, role, login } of world.accounts) {
    const actor = { username: email, password: { env: variable(email) }, ...login };
    if (role === 'throwaway') throwaways[tenant] = actor;
    else (tenants[tenant] ??= {})[role] = actor;
  }
  return resolveTarget(
    {
      name: world.id,
      profile: 'b2b-community',
      origins: { app: running.origin },
      tenants,
      throwaways,
      ...world.target,
      ...running.target,
    },
    { env: { ...passwords, ...running.env }, folder, file: world.id },
  );
}
