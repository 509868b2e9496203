import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { tryLogout } from './try-logout.ts';
import { tryPasswordChange } from './try-password-change.ts';

type SessionReplay = EvidenceMap['sessionReplay'];
export type SessionTrial = SessionReplay['trials'][number];
export type SessionGap = SessionReplay['notTested'][number];

/** Uses credentials again after the event that should have ended them. */
export const sessionReplay = defineProbe({
  id: 'lifecycle/session-replay',
  title: 'Replay of credentials after logout and password change',
  provides: 'sessionReplay',
  needs: ['logins', 'operations'],
  leastMode: 'standard',
  estimate: () => 30,
  async run(context) {
    const logout = await tryLogout(context);
    const password = await tryPasswordChange(context);
    return {
      status: 'gathered',
      data: {
        trials: [...logout.trials, ...password.trials],
        notTested: [...logout.notTested, ...password.notTested],
      },
    };
  },
});
