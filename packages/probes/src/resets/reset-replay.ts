import { resetCases } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { resetRoutes } from './reset-routes.ts';
import { tryResets } from './try-resets.ts';

/** Uses resets of throw-away accounts in ways in which they must not work, and looks which password logs in afterwards. */
export const resetReplay = defineProbe({
  id: 'resets/reset-replay',
  title: 'Replay of password resets',
  provides: 'resetReplay',
  needs: ['logins', 'operations', 'sessionReplay', 'inviteReplay'],
  leastMode: 'standard',
  estimate: ({ operations }) => ('because' in resetRoutes(operations) ? 0 : 60),
  async run(context) {
    const { target, sessions, operations } = context;
    const routes = resetRoutes(operations);
    const nothing = (because: string, absent: boolean) => ({
      status: 'gathered' as const,
      data: {
        request: null,
        trials: [],
        lifetimeMinutes: null,
        lifetimeSource: null,
        strength: null,
        oracle: null,
        notTested: resetCases.map((one) => ({ case: one, because, ...(absent ? { absent } : {}) })),
      },
    });
    if ('because' in routes) return nothing(routes.because, true);
    const accounts = target.tenants.flatMap((tenant) => {
      const actor = sessions.throwaway(tenant);
      const secret = actor === null ? null : sessions.secretOf(actor);
      return actor === null || secret === null || !secret.username.includes('@')
        ? []
        : [{ actor, tenant, address: secret.username, password: secret.password }];
    });
    const [one, ...more] = accounts;
    if (one === undefined)
      return nothing('the target file names no throw-away account with a mail address and a password', false);
    return { status: 'gathered', data: await tryResets(context, routes, [one, ...more]) };
  },
});
