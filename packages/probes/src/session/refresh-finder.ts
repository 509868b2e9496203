import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';
import type { Given } from './login-attempt.ts';
import { createRefresh, refreshRoutes, type RefreshRoute } from './refresh.ts';
import type { Refresh } from './sessions.ts';

/** Finds out how an application's refresh tokens are used. */
export interface RefreshFinder {
  /** The refresh of a login, as far as it is known or declared; null when it has none. */
  known(actor: ActorId, given: Given, fixed: RefreshRoute | null): Refresh | null;
  /**
   * Tries undeclared routes once in a run, which uses the login's token up.
   * @returns whether a route was found
   */
  search(actor: ActorId, given: Given, exchanges: ExchangeId[]): Promise<boolean>;
}

export function createRefreshFinder(setting: {
  readonly target: Target;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
  readonly nowMs: () => number;
}): RefreshFinder {
  const { target, transport, operations, nowMs } = setting;
  let route: RefreshRoute | null = null;
  let searched = false;

  const refreshBy = (actor: ActorId, given: Given, by: RefreshRoute): Refresh | null => {
    const { refreshToken: found, jar } = given;
    return found === null ? null : createRefresh({ actor, target, found, route: by, jar, now: nowMs });
  };

  return {
    known: (actor, given, fixed) => {
      if (given.refreshToken === null) return null;
      transport.addSecret(given.refreshToken.token);
      const found = { target, operations, loginUrl: given.loginUrl, found: given.refreshToken };
      const by = fixed ?? route ?? refreshRoutes(found).declared[0] ?? null;
      return by === null ? null : refreshBy(actor, given, by);
    },
    search: async (actor, given, exchanges) => {
      if (searched || route !== null || given.refreshToken === null) return false;
      searched = true;
      const found = { target, operations, loginUrl: given.loginUrl, found: given.refreshToken };
      for (const guess of refreshRoutes(found).guessed) {
        const refresh = refreshBy(actor, given, guess);
        if (!refresh) return false;
        const answer = await transport.send({
          ...refresh.request(),
          actor,
          probe: 'session/login',
          purpose: 'find where refresh tokens are traded in',
          effect: { kind: 'session' },
        });
        exchanges.push(answer.exchange);
        if (answer.kind !== 'answer' || refresh.read(answer) === null) continue;
        route = { ...guess, seenToWork: true };
        return true;
      }
      return false;
    },
  };
}
