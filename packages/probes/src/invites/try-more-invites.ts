import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { isJsonObject, jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { InviteDesk } from './invite-desk.ts';
import { isFailed, type Invite } from './make-invite.ts';
import type { InviteRoutes } from './invite-routes.ts';
import type { MemberGate } from '../lifecycle/member-gate.ts';
import { membersView } from '../lifecycle/members-view.ts';
import { bodyFields } from '../lifecycle/operation-words.ts';

type Case = EvidenceMap['inviteReplay']['trials'][number]['case'];

/** What came of one attempt to accept. */
export interface Attempt {
  readonly joined: boolean;
  readonly entry: LedgerRef;
  /** The new member as the inviter sees it. */
  readonly row: JsonObject | null;
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** What the trials of one run share. */
export interface InviteTrials {
  readonly desk: InviteDesk;
  readonly routes: InviteRoutes;
  readonly gate: MemberGate;
  readonly guest: { readonly actor: ActorId; readonly address: string };
  readonly session: () => Promise<Credential | string>;
  readonly attempt: (invite: Invite, more?: Readonly<Record<string, unknown>>) => Promise<Attempt | string>;
  readonly retire: (invite: Invite) => Promise<void>;
  readonly note: (
    which: Case,
    verdict: 'refused' | 'accepted' | 'inconclusive',
    because: string,
    exchanges: readonly ExchangeId[],
  ) => void;
  readonly skip: (cases: readonly Case[], because: string, absent?: boolean) => void;
}

const racers = 8;
/** A second time only where the first looks guilty. */
const rounds = 2;

/** Whether somebody with the weakest role of the organisation is shown the token of an open invite. */
export async function tryShown(
  context: ProbeContext,
  { desk, note, skip }: InviteTrials,
  invite: Invite,
): Promise<void> {
  const weakest = actorsOf(context, desk.tenant).at(-1);
  if (weakest === undefined || weakest.id === desk.inviter)
    return skip(['shown'], 'the target file names one role in that organisation only');
  const list = await desk.listedTo(weakest.id);
  if (list === null) return skip(['shown'], 'no operation was found that lists invites', true);
  if (list.kind !== 'answer' || list.status === 429 || list.status >= 500)
    return note('shown', 'inconclusive', 'the list of invites gave no answer', [list.exchange]);
  if (invite.token === invite.id)
    return skip(['shown'], 'invites are accepted by their id, without a token', true);
  return list.text.includes(invite.token)
    ? note(
        'shown',
        'accepted',
        `${weakest.id} finds the token of an invite for somebody else in the list of invites`,
        [list.exchange],
      )
    : note(
        'shown',
        'refused',
        `the list of invites, answered with ${list.status} to ${weakest.id}, holds no token`,
        [list.exchange],
      );
}

/** One invite accepted many times in the same instant by the account that it is for: how often is it a member then? */
export async function tryRace(
  context: ProbeContext,
  trials: InviteTrials,
  spare: Invite | null,
): Promise<void> {
  const { desk, gate, guest, note, skip } = trials;
  const said: string[] = [];
  const exchanges: ExchangeId[] = [];
  let several = 0;
  let single = 0;
  for (let round = 0; round < rounds; round += 1) {
    const invite = round === 0 && spare !== null ? spare : await desk.invite(guest.address);
    if (isFailed(invite)) {
      if (round === 0) return skip(['race'], invite.because);
      break;
    }
    const as = await trials.session();
    const before = await desk.members();
    if (typeof as === 'string' || isFailed(before))
      return skip(['race'], typeof as === 'string' ? as : 'the list of members could not be read');
    const entry = gate.intend();
    const request = await desk.acceptRequest(invite, as, entry);
    if (isFailed(request)) {
      context.ledger.notCreated(entry);
      return skip(['race'], request.because);
    }
    let results;
    try {
      const one = context.sessions.dress(as, as.actor, request);
      ({ results } = await context.transport.sendTogether(Array.from({ length: racers }, () => one)));
    } catch (error) {
      if (!(error instanceof GuardRefusal)) throw error;
      context.ledger.notCreated(entry);
      return skip(['race'], error.message);
    }
    exchanges.push(...results.map((one) => one.exchange));
    // Rows are taken out one by one until none is left: that is their number.
    let rows = 0;
    let next = entry;
    for (; rows <= racers; rows += 1) {
      const seen = await gate.joined(before, next);
      exchanges.push(...seen.exchanges);
      if (seen.failed !== null) return note('race', 'inconclusive', seen.failed, exchanges);
      if (!seen.joined) break;
      await gate.remove(next);
      context.ledger.cleaned(next);
      next = gate.intend();
    }
    if (rows > racers) {
      context.ledger.leftover(next, `${guest.address} is a member and could not be removed`);
      return note('race', 'inconclusive', 'the new member could not be removed again', exchanges);
    }
    await trials.retire(invite);
    if (rows > 1) several += 1;
    if (rows === 1) single += 1;
    said.push(
      `${racers} acceptances in the same instant made ${rows} ${rows === 1 ? 'membership' : 'memberships'}`,
    );
    if (rows <= 1) break;
  }
  const because = said.join('; then ');
  if (several === rounds) return note('race', 'accepted', because, exchanges);
  return note('race', several === 0 && single > 0 ? 'refused' : 'inconclusive', because, exchanges);
}

/**
 * An invite after a newer one for the same address, where the application says that the newer one replaces it. Gives the
 * invites that are still good, for other trials: limits on invites are tight.
 */
export async function tryReplaced(trials: InviteTrials): Promise<readonly Invite[]> {
  const { desk, guest, skip } = trials;
  const early = await desk.invite(guest.address);
  if (isFailed(early)) {
    skip(['replaced'], early.because);
    return [];
  }
  const later = await desk.invite(guest.address);
  if (isFailed(later)) {
    skip(['replaced'], `there is one invite per address at a time: ${later.because}`, true);
    return [early];
  }
  const list = await desk.listedTo(desk.inviter);
  const view = list?.kind === 'answer' && list.status < 300 ? membersView(list.json()) : null;
  const row = view?.items.find((item) => early.id !== null && idsOf(item).includes(early.id)) ?? null;
  const hasLater = view?.items.some((item) => later.id !== null && idsOf(item).includes(later.id)) ?? false;
  const over = /^(revoked|replaced|superseded|expired|cancell?ed|inactive|void|withdrawn)$/i;
  const replaced =
    hasLater &&
    early.id !== later.id &&
    (row === null || jsonScalars(row).some(({ value }) => typeof value === 'string' && over.test(value)));
  if (!replaced) {
    const because = 'the application keeps an older invite beside a newer one, and lists both';
    skip(['replaced'], because, true);
    return early.id === later.id ? [later] : [later, early];
  }
  await judge(trials, 'replaced', early, later.exchanges);
  await trials.retire(early);
  return [later];
}

/** Accepts with a stronger role written into the request; what the list of members then says decides. */
export async function tryEdited(
  context: ProbeContext,
  trials: InviteTrials,
  ordinary: JsonObject | null,
  spare: Invite | null,
): Promise<void> {
  const { desk, routes, gate, guest, note, skip } = trials;
  const usual = roleOf(ordinary);
  if (usual === null) return skip(['edited'], 'the list of members does not show roles');
  const offered = bodyFields(routes.create).find(({ name }) => /role/i.test(name))?.schema['enum'];
  const names = [...context.target.roles, ...(Array.isArray(offered) ? offered.map(String) : []), 'admin'];
  const strong =
    names.find((name) => /^(owner|admin|administrator)$/i.test(name) && name !== usual.value) ?? null;
  if (strong === null) return skip(['edited'], 'no stronger role is known');
  const invite = spare ?? (await desk.invite(guest.address));
  if (isFailed(invite)) return skip(['edited'], invite.because);
  const result = await trials.attempt(invite, { [usual.name]: strong, role: strong });
  if (typeof result === 'string') {
    await trials.retire(invite);
    return note('edited', 'inconclusive', result, []);
  }
  const now = roleOf(result.row);
  const raised = result.joined && now !== null && now.value === strong;
  note(
    'edited',
    raised ? 'accepted' : 'refused',
    raised
      ? `an invite as ${usual.value} was accepted with ${strong} written into the request, and the list of members says ${strong}`
      : result.joined
        ? `with ${strong} written into the request the account became ${now?.value ?? usual.value}`
        : `with ${strong} written into the request nobody joined`,
    result.exchanges,
  );
  if (result.joined) await gate.remove(result.entry);
  await trials.retire(invite);
}

/** An invite that the owner of the target made expire. */
export async function tryExpired(context: ProbeContext, trials: InviteTrials): Promise<void> {
  const expire = context.target.hooks.expireInvite ?? null;
  if (expire === null)
    return trials.skip(
      ['expired'],
      'no hooks.expireInvite is given in the target file, and nobody waits that long',
    );
  const invite = await trials.desk.invite(trials.guest.address);
  if (isFailed(invite)) return trials.skip(['expired'], invite.because);
  await expire({ address: invite.address, token: invite.token });
  await judge(trials, 'expired', invite);
  await trials.retire(invite);
}

async function judge(
  { attempt, gate, note }: InviteTrials,
  which: Case,
  invite: Invite,
  more: readonly ExchangeId[] = [],
): Promise<void> {
  const result = await attempt(invite);
  if (typeof result === 'string') return note(which, 'inconclusive', result, more);
  note(which, result.joined ? 'accepted' : 'refused', result.because, [...more, ...result.exchanges]);
  if (result.joined) await gate.remove(result.entry);
}

const idsOf = (item: JsonObject): readonly string[] =>
  ['id', '_id', 'inviteId', 'invite_id', 'uuid', 'token'].flatMap((name) => {
    const value = item[name];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });

/** The role in a row of the list of members. */
function roleOf(row: JsonObject | null): { readonly name: string; readonly value: string } | null {
  if (row === null || !isJsonObject(row)) return null;
  const found = jsonScalars(row).find(
    ({ key, value }) => /^(role|rolename|role_name|access)$/i.test(key) && typeof value === 'string',
  );
  return found === undefined ? null : { name: found.key, value: String(found.value) };
}
