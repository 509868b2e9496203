import { resetCases } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { resetRequest, resetRoutes, unclearReset } from './reset-routes.ts';
import { tryOracleAlone } from './try-oracle-alone.ts';
import { unknownOracle, type ResetOracle } from './try-reset-oracle.ts';
import { tryResets } from './try-resets.ts';

/** Uses resets of throw-away accounts in ways in which they must not work, and looks which password logs in afterwards. */
export const resetReplay = defineProbe({
  id: 'resets/reset-replay',
  title: 'Replay of password resets',
  provides: 'resetReplay',
  needs: ['logins', 'operations', 'sessionReplay', 'inviteReplay'],
  leastMode: 'standard',
  estimate: ({ operations }) =>
    !('because' in resetRoutes(operations)) ? 60 : resetRequest(operations) === null ? 0 : 8,
  async run(context) {
    const { target, sessions, operations } = context;
    const routes = resetRoutes(operations);
    const nothing = (because: string, absent: boolean, told: ResetOracle) => ({
      status: 'gathered' as const,
      data: {
        request: null,
        trials: [],
        lifetimeMinutes: null,
        lifetimeSource: null,
        strength: null,
        ...told,
        notTested: resetCases.map((one) => ({ case: one, because, ...(absent ? { absent } : {}) })),
      },
    });
    const named = target.tenants.flatMap((tenant) => {
      const actor = sessions.throwaway(tenant);
      const secret = actor === null ? null : sessions.secretOf(actor);
      return actor === null || secret === null ? [] : [{ actor, tenant, ...secret }];
    });
    const asked = resetRequest(operations);
    if (asked === null || 'because' in routes) {
      const because = 'because' in routes ? routes.because : '';
      const unclear = unclearReset(operations);
      const oracle =
        asked !== null
          ? await tryOracleAlone(context, asked, named)
          : unclear === null
            ? { oracle: null, times: null }
            : {
                oracle: unknownOracle(
                  unclear.id,
                  `${unclear.id} was not tried: no field that names the account is known`,
                ),
                times: null,
              };
      return nothing(because, asked === null && unclear === null, oracle);
    }
    const accounts = named.flatMap(({ username, ...account }) =>
      username.includes('@') ? [{ ...account, address: username }] : [],
    );
    const [one, ...more] = accounts;
    if (one === undefined)
      return nothing(
        'the target file names no throw-away account with a mail address and a password',
        false,
        await tryOracleAlone(context, asked, named),
      );
    return { status: 'gathered', data: await tryResets(context, routes, [one, ...more]) };
  },
});
