import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { InviteDesk } from './invite-desk.ts';
import { inviteReproduction } from './invite-reproduction.ts';
import { isFailed, type Invite } from './make-invite.ts';
import type { InviteRoutes } from './invite-routes.ts';
import { strengthOf } from '../resets/token-strength.ts';
import { memberGate } from '../lifecycle/member-gate.ts';
import {
  tryEdited,
  tryExpired,
  tryRace,
  tryReplaced,
  tryShown,
  type Attempt,
  type InviteTrials,
} from './try-more-invites.ts';
import { lookAtInvite } from './look-at-invite.ts';

type InviteReplay = EvidenceMap['inviteReplay'];
type Trial = InviteReplay['trials'][number];
type Case = Trial['case'];

const probe = 'lifecycle/invite-replay';

/**
 * One invite is looked at, accepted and used again; one for another address and one that was revoked are tried. That
 * accepting works at all, in the same way and by the same account, is the control for every refusal.
 */
export async function tryInvites(
  context: ProbeContext,
  desk: InviteDesk,
  routes: InviteRoutes,
  guest: { readonly actor: ActorId; readonly address: string },
): Promise<InviteReplay> {
  const { sessions, ledger, inbox, random } = context;
  const trials: Trial[] = [];
  const notTested: InviteReplay['notTested'][number][] = [];
  let lifetime: Invite['lifetime'] = null;
  const note = (
    which: Case,
    verdict: Trial['verdict'],
    because: string,
    exchanges: readonly ExchangeId[],
  ): void =>
    void trials.push({ case: which, inviter: desk.inviter, verdict, because, exchanges, reproduce: null });
  const skip = (cases: readonly Case[], because: string, absent = false): void =>
    void notTested.push(...cases.map((one) => ({ case: one, because, ...(absent ? { absent } : {}) })));
  const startedAt = context.clock.now().getTime();
  /** By now every request that a reproduction may need was sent once. */
  const done = async (): Promise<InviteReplay> => {
    const shown: Trial[] = [];
    for (const trial of trials) {
      const as = trial.verdict === 'accepted' ? await session() : '';
      const { requests, inviter } = desk;
      const reproduce =
        typeof as === 'string'
          ? null
          : await inviteReproduction(context, { which: trial.case, requests, inviter, guest: as });
      shown.push({ ...trial, reproduce });
    }
    return {
      trials: shown,
      lifetimeHours: lifetime?.hours ?? null,
      lifetimeSource: lifetime?.source ?? null,
      strength: strengthOf([...desk.tokens], [startedAt, context.clock.now().getTime()], false),
      notTested,
    };
  };
  const stop = (cases: readonly Case[], because: string): Promise<InviteReplay> => {
    skip(cases, because);
    return done();
  };
  const gate = memberGate(context, desk, routes, guest.address);

  let credential: Credential | null = null;
  /** The guest's session, renewed when joining or leaving has ended it: a refusal must be about the invite. */
  const session = async (): Promise<Credential | string> => {
    if (credential !== null && (await sessions.isAlive(credential, probe)).alive) return credential;
    const login = await sessions.login(guest.actor);
    if (login.kind === 'refused') return `${guest.actor} could not log in: ${login.because}`;
    return (credential = login.credential);
  };
  const attempt: InviteTrials['attempt'] = async (invite, more) => {
    const as = await session();
    if (typeof as === 'string') return as;
    const before = await desk.members();
    if (isFailed(before)) return before.because;
    const entry = gate.intend();
    const result = await desk.accept(invite, as, entry, more);
    if (isFailed(result)) {
      ledger.notCreated(entry);
      return result.because;
    }
    const seen = await gate.joined(before, entry);
    const exchanges = [result.exchange, ...seen.exchanges];
    if (seen.failed !== null) return seen.failed;
    if (result.kind === 'no-answer') return `accepting got no answer: ${result.because}`;
    if (!seen.joined && (result.status === 429 || result.status >= 500))
      return `accepting was answered with ${result.status}`;
    const effect = seen.joined ? 'the account is a member afterwards' : 'nobody joined';
    return {
      joined: seen.joined,
      entry,
      row: seen.row ?? null,
      because: `accepting was answered with ${result.status}, and ${effect}`,
      exchanges,
    };
  };

  const start = await desk.members();
  if (isFailed(start)) return stop(allCases, start.because);
  let invite = await desk.invite(guest.address);
  if (isFailed(invite)) return stop(allCases, invite.because);
  lifetime = invite.lifetime;
  const all: InviteTrials = {
    desk,
    routes,
    gate,
    guest,
    session,
    attempt,
    retire: (one) => retire(desk, ledger, one),
    note,
    skip,
  };
  await tryShown(context, all, invite);

  const looked = await lookAtInvite(context, desk, routes, invite, guest.address);
  let accepted: Attempt | string;
  if (looked.kind === 'joined') {
    note(
      'safe-method',
      'accepted',
      'the invited account was a member after its link had been fetched',
      looked.exchanges,
    );
    const entry = gate.intend();
    const member = await gate.joined(looked.before, entry);
    const removed = member.joined && (await gate.remove(entry)) === null;
    await retire(desk, ledger, invite);
    const next = removed ? await desk.invite(guest.address) : null;
    if (next === null || isFailed(next))
      return stop(usedCases, 'the invite was accepted by looking at its link');
    invite = next;
    accepted = await attempt(next);
  } else accepted = await attempt(invite);
  if (looked.kind === 'looked' && typeof accepted !== 'string' && !accepted.joined) {
    // Perhaps looking used it up: one that nobody looked at tells.
    const untouched = await desk.invite(guest.address);
    const second = isFailed(untouched) ? untouched.because : await attempt(untouched);
    if (!isFailed(untouched) && typeof second !== 'string' && second.joined) {
      note(
        'safe-method',
        'accepted',
        'an invite whose link had been fetched could not be accepted any more, and one that nobody had fetched could',
        [...looked.exchanges, ...second.exchanges],
      );
      invite = untouched;
      accepted = second;
    }
  } else if (looked.kind === 'not-tried') {
    skip(['safe-method'], looked.because);
  }
  if (typeof accepted === 'string' || !accepted.joined) {
    const because =
      typeof accepted === 'string'
        ? accepted
        : `a fresh invite could not be accepted, so that refusals prove nothing: ${accepted.because}`;
    await desk.revoke(invite);
    return stop(looked.kind === 'looked' ? allCases : usedCases, because);
  }
  if (looked.kind === 'looked' && !trials.some((trial) => trial.case === 'safe-method')) {
    note(
      'safe-method',
      'refused',
      'after GET and HEAD of its link nobody had joined, and the invite could still be accepted',
      [...looked.exchanges, ...accepted.exchanges],
    );
  }

  const out = await gate.remove(accepted.entry);
  if (out !== null)
    return stop(
      usedCases,
      `the new member could not be removed again, so that nothing more can be seen: ${out}`,
    );
  const judge = async (which: Case, tried: Invite, more: readonly ExchangeId[] = []): Promise<boolean> => {
    const result = await attempt(tried);
    if (typeof result === 'string') {
      note(which, 'inconclusive', result, more);
      return true;
    }
    note(which, result.joined ? 'accepted' : 'refused', result.because, [...more, ...result.exchanges]);
    if (!result.joined) return true;
    return (await gate.remove(result.entry)) === null;
  };
  const again = await judge('second-use', invite, accepted.exchanges);
  await retire(desk, ledger, invite);
  if (!again)
    return stop(
      ['other-account', 'revoked', ...laterCases],
      'the member who joined again could not be removed',
    );

  /** Says in the request that the account has the invited address. */
  const claimed = async (tried: Invite, as: string): Promise<boolean> => {
    const result = await attempt(tried, { email: as });
    if (typeof result === 'string' || !result.joined) return true;
    note(
      'edited',
      'accepted',
      `an account with another address joined by writing the invited address into the request: ${result.because}`,
      result.exchanges,
    );
    return (await gate.remove(result.entry)) === null;
  };
  const address =
    inbox?.freshAddress('invited') ??
    `lr-${random.token(10)}@${guest.address.split('@')[1] ?? 'example.com'}`;
  const foreign = await desk.invite(address);
  if (isFailed(foreign)) skip(['other-account'], foreign.because);
  else {
    const left =
      (await judge('other-account', foreign, foreign.exchanges)) &&
      (trials.at(-1)?.verdict !== 'refused' || (await claimed(foreign, address)));
    await retire(desk, ledger, foreign);
    if (!left)
      return stop(
        ['revoked', ...laterCases],
        'the member who joined with another address could not be removed',
      );
  }
  const last = await desk.invite(guest.address);
  if (isFailed(last)) return stop(['revoked', ...laterCases], last.because);
  const revoked = await desk.revoke(last);
  if (revoked.because === null) {
    const left = await judge('revoked', last, revoked.exchanges);
    ledger.cleaned(last.ref);
    if (!left) return stop(laterCases, 'the member who joined with a revoked invite could not be removed');
  } else skip(['revoked'], revoked.because);
  // One of the invites serves the race, the other one the edited acceptance.
  const [first, second] = await tryReplaced(all);
  const raceable = !trials.some((trial) => trial.case === 'second-use' && trial.verdict === 'accepted');
  // Where a used invite works anyway, an instant more or less makes no difference.
  if (raceable) await tryRace(context, all, first ?? null);
  else {
    skip(['race'], 'a used invite works again, so that the same instant tells nothing');
    if (first !== undefined) await retire(desk, ledger, first);
  }
  await tryEdited(context, all, accepted.row, second ?? null);
  await tryExpired(context, all);
  return done();
}

const laterCases: readonly Case[] = ['edited', 'replaced', 'expired', 'race'];
const usedCases: readonly Case[] = ['second-use', 'other-account', 'revoked', ...laterCases];
const allCases: readonly Case[] = [...usedCases, 'safe-method', 'shown'];

/** Takes back what is left of an invite; one that was used up may be gone already. */
async function retire(desk: InviteDesk, ledger: ProbeContext['ledger'], invite: Invite): Promise<void> {
  const { because } = await desk.revoke(invite);
  const gone = because === null || /status (404|409|410)/.test(because);
  if (gone) ledger.cleaned(invite.ref);
}
