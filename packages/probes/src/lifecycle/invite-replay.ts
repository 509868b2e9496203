import { inviteCases, type ActorId, type EvidenceMap } from '@launch-ready/core';
import { actorsOf } from '../access/ranked-actors.ts';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { inviteDesk } from './invite-desk.ts';
import { inviteRoutes } from './invite-routes.ts';
import { tryInvites } from './try-invites.ts';

type InviteReplay = EvidenceMap['inviteReplay'];

/** Uses invites in ways in which they must not work, and looks who is a member afterwards. */
export const inviteReplay = defineProbe({
  id: 'lifecycle/invite-replay',
  title: 'Replay of invites',
  provides: 'inviteReplay',
  needs: ['logins', 'operations', 'planting'],
  leastMode: 'standard',
  estimate: () => 45,
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
  notTested: inviteCases.map((one) => ({ case: one, because })),
});

interface Pair {
  readonly tenant: string;
  readonly inviter: ActorId;
  /** A throw-away account of another tenant, with an address. */
  readonly guest: { readonly actor: ActorId; readonly address: string };
}

function invitedPair(context: ProbeContext): Pair | { readonly because: string } {
  const { target, sessions } = context;
  for (const tenant of target.tenants) {
    const [inviter] = actorsOf(context, tenant);
    if (inviter === undefined) continue;
    for (const other of target.tenants) {
      const actor = other === tenant ? null : sessions.throwaway(other);
      const address = actor === null ? null : (sessions.secretOf(actor)?.username ?? null);
      if (actor !== null && address?.includes('@'))
        return { tenant, inviter: inviter.id, guest: { actor, address } };
    }
  }
  return {
    because:
      'the target file names no throw-away account with a mail address in another tenant, which could accept an invite',
  };
}
