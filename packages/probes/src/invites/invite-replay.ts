import { inviteCases, type EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { inviteDesk } from './invite-desk.ts';
import { inviteRoutes } from './invite-routes.ts';
import { invitedPair } from './invited-pair.ts';
import { tryInvites } from './try-invites.ts';

type InviteReplay = EvidenceMap['inviteReplay'];

/** Uses invites in ways in which they must not work, and looks who is a member afterwards. */
export const inviteReplay = defineProbe({
  id: 'lifecycle/invite-replay',
  title: 'Replay of invites',
  provides: 'inviteReplay',
  needs: ['logins', 'operations', 'planting'],
  leastMode: 'standard',
  estimate: () => 100,
  async run(context) {
    const routes = inviteRoutes(context.operations);
    if ('because' in routes) return { status: 'gathered', data: nothing(routes.because) };
    const pair = invitedPair(context);
    if ('because' in pair) return { status: 'gathered', data: nothing(pair.because) };
    const desk = await inviteDesk(context, routes, pair.tenant, pair.inviter);
    return { status: 'gathered', data: await tryInvites(context, desk, routes, pair.guest) };
  },
});

const nothing = (because: string): InviteReplay => ({
  trials: [],
  lifetimeHours: null,
  lifetimeSource: null,
  strength: null,
  oracle: null,
  times: null,
  notTested: inviteCases.map((one) => ({ case: one, because })),
});
