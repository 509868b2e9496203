import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { accountDesk } from './account-desk.ts';
import { tryDisable } from './try-disable.ts';
import { tryDowngrade } from './try-downgrade.ts';
import { tryLogout } from './try-logout.ts';
import { tryLogoutEverywhere } from './try-logout-everywhere.ts';
import { tryPasswordChange } from './try-password-change.ts';
import { tryRemoval } from './try-removal.ts';

type SessionReplay = EvidenceMap['sessionReplay'];
export type SessionTrial = SessionReplay['trials'][number];
export type SessionGap = SessionReplay['notTested'][number];

/** Uses credentials again after the events that should have ended them. */
export const sessionReplay = defineProbe({
  id: 'lifecycle/session-replay',
  title: 'Replay of credentials after logout, a new password, disabling, downgrade and removal',
  provides: 'sessionReplay',
  needs: ['logins', 'operations', 'refreshTokens'],
  leastMode: 'standard',
  estimate: () => 60,
  async run(context) {
    const logout = await tryLogout(context);
    const everywhere = await tryLogoutEverywhere(context);
    const password = await tryPasswordChange(context);
    const desk = await accountDesk(context);
    const disable = await tryDisable(context, desk);
    const downgrade = await tryDowngrade(context, desk, disable.session);
    const removal = await tryRemoval(context);
    const all = [logout, everywhere, password, disable, downgrade, removal];
    return {
      status: 'gathered',
      data: {
        trials: all.flatMap(({ trials }) => trials),
        notTested: all.flatMap(({ notTested }) => notTested),
      },
    };
  },
});
