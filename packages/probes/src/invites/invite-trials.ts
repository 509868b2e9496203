import type { ActorId, EvidenceMap } from '@launch-ready/core';
import { memberGate, type MemberGate } from '../lifecycle/member-gate.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { JsonObject } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { InviteDesk } from './invite-desk.ts';
import type { InviteRoutes } from './invite-routes.ts';
import { isFailed, type Invite } from './make-invite.ts';
import { seenTwice, type Seen } from './seen-twice.ts';

type InviteReplay = EvidenceMap['inviteReplay'];
export type InviteTrial = InviteReplay['trials'][number];
export type InviteCase = InviteTrial['case'];

/** What came of one attempt to accept; a new member is out again by then. */
export interface Attempt extends Seen {
  /** The new member as the inviter saw it. */
  readonly row: JsonObject | null;
}

/** What the trials of one run share. */
export interface InviteTrials {
  readonly context: ProbeContext;
  readonly desk: InviteDesk;
  readonly routes: InviteRoutes;
  readonly gate: MemberGate;
  readonly guest: { readonly actor: ActorId; readonly address: string };
  readonly trials: readonly InviteTrial[];
  readonly notTested: readonly InviteReplay['notTested'][number][];
  /** The guest's session, renewed when joining or leaving has ended it: a refusal must be about the invite. */
  readonly session: () => Promise<Credential | string>;
  /** Accepts, with more fields in the body, looks who is a member then, and takes a new member out again. */
  readonly attempt: (invite: Invite, more?: Readonly<Record<string, unknown>>) => Promise<Attempt>;
  /** Takes back what is left of an invite; one that was used up may be gone already. */
  readonly retire: (invite: Invite) => Promise<void>;
  /** Writes down what was seen. What looks guilty is tried `again`, with fresh invites, and only then stands as such. */
  readonly note: (which: InviteCase, seen: Seen, again?: () => Promise<Seen>) => Promise<void>;
  readonly skip: (cases: readonly InviteCase[], because: string, absent?: boolean) => void;
  /** Takes out a member that is there now and was not before; says why that did not work, or null. */
  readonly takeOut: (entry: LedgerRef) => Promise<string | null>;
  /** Why nothing more can be seen: the guest is a member and could not be removed. Null while all is well. */
  readonly stuck: () => string | null;
}

export function inviteTrials(
  context: ProbeContext,
  desk: InviteDesk,
  routes: InviteRoutes,
  guest: InviteTrials['guest'],
): InviteTrials {
  const { sessions, ledger } = context;
  const gate = memberGate(context, desk, routes, guest.address);
  const trials: InviteTrial[] = [];
  const notTested: InviteReplay['notTested'][number][] = [];
  let credential: Credential | null = null;
  let stuck: string | null = null;
  /** Joining and leaving may end sessions; nothing else in between does. */
  let mayHaveEnded = true;

  const session: InviteTrials['session'] = async () => {
    if (credential !== null && !mayHaveEnded) return credential;
    if (credential !== null && (await sessions.isAlive(credential, 'lifecycle/invite-replay')).alive) {
      mayHaveEnded = false;
      return credential;
    }
    const login = await sessions.login(guest.actor);
    if (login.kind === 'refused') return `${guest.actor} could not log in: ${login.because}`;
    mayHaveEnded = false;
    return (credential = login.credential);
  };
  const takeOut: InviteTrials['takeOut'] = async (entry) => {
    mayHaveEnded = true;
    return (stuck = (await gate.remove(entry)) ?? stuck);
  };
  return {
    context,
    desk,
    routes,
    gate,
    guest,
    trials,
    notTested,
    session,
    takeOut,
    stuck: () => stuck,
    attempt: async (invite, more) => {
      const unsure = (because: string): Attempt => ({
        verdict: 'inconclusive',
        because,
        row: null,
        exchanges: [],
      });
      const as = await session();
      if (typeof as === 'string') return unsure(as);
      const before = await desk.lastMembers();
      if (isFailed(before)) return unsure(before.because);
      const entry = gate.intend();
      const result = await desk.accept(invite, as, entry, more);
      if (isFailed(result)) {
        ledger.notCreated(entry);
        return unsure(result.because);
      }
      const { joined, failed, row, ...seen } = await gate.joined(before, entry);
      if (failed !== null) return unsure(failed);
      if (result.kind === 'no-answer') return unsure(`accepting got no answer: ${result.because}`);
      // Who is refused for want of a session was not refused for the invite.
      if (!joined && result.status === 401) {
        mayHaveEnded = true;
        if ((await session()) !== as) return unsure('the session of the account had ended');
      }
      if (!joined && (result.status === 429 || result.status >= 500))
        return unsure(`accepting was answered with ${result.status}`);
      if (joined) await takeOut(entry);
      return {
        verdict: joined ? 'accepted' : 'refused',
        row: row ?? null,
        because: `accepting was answered with ${result.status}, and ${joined ? 'the account is a member afterwards' : 'nobody joined'}`,
        exchanges: [result.exchange, ...seen.exchanges],
      };
    },
    retire: async (invite) => {
      const { because } = await desk.revoke(invite);
      if (because === null || /status (404|409|410)/.test(because)) ledger.cleaned(invite.ref);
    },
    note: async (which, first, again) => {
      const { verdict, because, exchanges } =
        again === undefined || stuck !== null ? first : await seenTwice<Seen>(first, again);
      trials.push({
        case: which,
        inviter: desk.inviter,
        verdict,
        because,
        exchanges,
        reproduce: null,
      });
    },
    skip: (cases, because, absent = false) =>
      void notTested.push(...cases.map((one) => ({ case: one, because, ...(absent ? { absent } : {}) }))),
  };
}

/** What is said of a trial for which there was no invite. */
export const withoutInvite = ({ because }: { readonly because: string }): Seen => ({
  verdict: 'inconclusive',
  because,
  exchanges: [],
});
