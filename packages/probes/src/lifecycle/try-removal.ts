import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import { inviteDesk } from '../invites/invite-desk.ts';
import { inviteRoutes } from '../invites/invite-routes.ts';
import { invitedPair } from '../invites/invited-pair.ts';
import { logInAfresh } from './log-in-afresh.ts';
import { isFailed } from '../invites/make-invite.ts';
import { memberGate } from './member-gate.ts';
import { residualLife } from '../tokens/residual-life.ts';
import type { SessionGap, SessionTrial } from './session-replay.ts';
import { findTenantGate } from './tenant-gate.ts';
import { tradeRefresh } from '../tokens/trade-refresh.ts';
import { watchGate } from './watch-gate.ts';

const probe = 'lifecycle/session-replay';
const event = 'removal';

interface Trials {
  readonly trials: readonly SessionTrial[];
  readonly notTested: readonly SessionGap[];
}
const gap = (because: string, absent = false): Trials => ({
  trials: [],
  notTested: [{ event, because, absent }],
});

/**
 * Invites a throw-away account of another tenant, lets it read something private as a member, removes it, and lets the same
 * session try again.
 */
export async function tryRemoval(context: ProbeContext): Promise<Trials> {
  const { sessions, ledger } = context;
  const routes = inviteRoutes(context.operations);
  if ('because' in routes) return gap(routes.because, true);
  if (routes.removeMember === null) return gap('no operation was found that removes a member', true);
  const pair = invitedPair(context);
  if ('because' in pair) return gap(pair.because);
  const { tenant, inviter, guest } = pair;
  const desk = await inviteDesk(context, routes, tenant, inviter);
  const members = memberGate(context, desk, routes, guest.address);
  const before = await desk.members();
  if (isFailed(before)) return gap(before.because);
  const outside = await sessions.login(guest.actor);
  if (outside.kind === 'refused') return gap(`${guest.actor} could not log in: ${outside.because}`);
  const gate = await findTenantGate(context, {
    tenant,
    near: routes.members,
    probe,
    sides: { may: [sessions.current(inviter)], mayNot: [outside.credential] },
  });
  if (gate === null)
    return gap(`no read of ${tenant} was found that ${guest.actor} may not make before it is a member`);
  const invite = await desk.invite(guest.address);
  if (isFailed(invite)) return gap(invite.because);
  const entry = members.intend();
  const accepted = await desk.accept(invite, outside.credential, entry);
  const retire = async (): Promise<void> => {
    const { because } = await desk.revoke(invite);
    if (because === null || /status (404|409|410)/.test(because)) ledger.cleaned(invite.ref);
  };
  if (isFailed(accepted)) {
    ledger.notCreated(entry);
    await retire();
    return gap(accepted.because);
  }
  const seen = await members.joined(before, entry);
  if (!seen.joined) {
    await retire();
    return gap(seen.failed ?? 'the invited account was not seen to become a member');
  }
  const exchanges: ExchangeId[] = [accepted.exchange, ...seen.exchanges];
  const login = await logInAfresh(context, guest.actor);
  // The right may lie in the session from before joining as well; the newest surely has it.
  const entered = login.kind === 'in' && (await gate.opens(login.credential)).open === true;
  const copy = login.kind === 'in' ? login.credential.snapshot() : null;
  const residualSeconds = copy === null ? null : residualLife(context, copy);
  const out = await members.remove(entry);
  await retire();
  if (out !== null) return gap(`the new member could not be removed again: ${out}`);
  if (!entered || copy === null || login.kind !== 'in')
    return gap(`the new member was never let through ${gate.operation.id}`);
  const replay = await watchGate(context, gate, copy);
  const operation = routes.removeMember.id;
  const curl = [
    `curl -i -X DELETE "$BASE_URL${routes.removeMember.path}" -H "$ADMIN_AUTH" # remove a member`,
    `curl -i "$BASE_URL${new URL(gate.url).pathname}" -H "$OLD_SESSION" # with its session from before`,
  ].join('\n');
  const reproduce = {
    curl,
    script: scriptByHand(
      'invite a throw-away account, let it read something, remove it, and use the same session',
    ),
  };
  const base = { event, actor: guest.actor, operation } as const;
  const trials: SessionTrial[] = [
    {
      ...base,
      credential: copy.kind === 'cookie' ? 'cookie' : 'bearer',
      residualSeconds,
      ...replay,
      exchanges: [...exchanges, ...replay.exchanges],
      reproduce: replay.verdict === 'alive' ? reproduce : null,
    },
  ];
  if (login.refresh !== undefined) {
    const trade = await tradeRefresh(context, login.refresh, { probe });
    const kept =
      trade.kind === 'given' && trade.credential !== null ? (await gate.opens(trade.credential)).open : false;
    trials.push({
      ...base,
      credential: 'refresh',
      residualSeconds: null,
      verdict: trade.kind === 'unsure' || kept === null ? 'inconclusive' : kept ? 'alive' : 'ended',
      aliveAfterMs: null,
      because: kept
        ? `the refresh token from before gave a token to which ${gate.operation.id} was open`
        : trade.kind === 'given'
          ? 'what the refresh token from before gave opens nothing of the tenant'
          : trade.because,
      exchanges: [...exchanges, ...trade.exchanges],
      reproduce: kept ? reproduce : null,
    });
  }
  return { trials, notTested: [] };
}
