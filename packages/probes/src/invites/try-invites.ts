import type { ActorId, EvidenceMap } from '@launch-ready/core';
import { strengthOf } from '../mail/token-strength.ts';
import type { ProbeContext } from '../probe.ts';
import type { InviteDesk } from './invite-desk.ts';
import { inviteReproduction } from './invite-reproduction.ts';
import type { InviteRoutes } from './invite-routes.ts';
import { inviteTrials, type InviteCase, type InviteTrial, type InviteTrials } from './invite-trials.ts';
import { isFailed, type Invite } from './make-invite.ts';
import { raceInvite } from './race-invite.ts';
import { tryEdited } from './try-edited.ts';
import { tryFirstUse } from './try-first-use.ts';
import { tryInviteOracle } from './try-invite-oracle.ts';
import { tryReplaced } from './try-replaced.ts';
import { tryShown } from './try-shown.ts';
import { trySignup } from './try-signup.ts';
import { tryExpired, tryOtherAccount, tryRevoked, trySecondUse } from './try-wrong-uses.ts';

type InviteReplay = EvidenceMap['inviteReplay'];

/**
 * One invite is looked at, accepted and used again; others are used as they must not be. That accepting works at all, in the same
 * way and by the same account, is the control for every refusal.
 */
export async function tryInvites(
  context: ProbeContext,
  desk: InviteDesk,
  routes: InviteRoutes,
  guest: { readonly actor: ActorId; readonly address: string },
): Promise<InviteReplay> {
  const all = inviteTrials(context, desk, routes, guest);
  const startedAt = context.clock.now().getTime();
  const first = await useAll(all);
  const told = all.stuck() === null && first !== null ? await tryInviteOracle(all) : nothingTold;
  // By now every request that a reproduction may need was sent once.
  const lifetime = first?.lifetime ?? null;
  return {
    trials: await shown(all),
    lifetimeHours: lifetime?.hours ?? null,
    lifetimeSource: lifetime?.source ?? null,
    strength: strengthOf([...desk.tokens], [startedAt, context.clock.now().getTime()], false),
    ...told,
    notTested: all.notTested,
  };
}

const nothingTold = { oracle: null, times: null } as const;

/** Gives the first invite, or null when there was none. */
async function useAll(all: InviteTrials): Promise<Invite | null> {
  const { desk, guest, skip, trials } = all;
  const start = await desk.members();
  if (isFailed(start)) {
    skip([...firstCases, ...usedCases], start.because);
    return null;
  }
  const first = await desk.invite(guest.address);
  if (isFailed(first)) {
    skip([...firstCases, ...usedCases], first.because);
    return null;
  }
  await tryShown(all, first);
  const used = await tryFirstUse(all, first);
  if (typeof used === 'string') {
    skip(usedCases, used);
    return first;
  }
  // A guest who stays a member can accept nothing any more.
  const left = (cases: readonly InviteCase[]): boolean => {
    const stuck = all.stuck();
    if (stuck !== null)
      skip(
        cases.filter((one) => !trials.some((trial) => trial.case === one)),
        `the new member could not be removed again, so that nothing more can be seen: ${stuck}`,
      );
    return stuck === null;
  };
  if (!left(usedCases)) return first;
  await trySecondUse(all, used);
  if (!left(usedCases)) return first;
  await tryOtherAccount(all);
  if (!left(usedCases)) return first;
  await tryRevoked(all);
  if (!left(usedCases)) return first;
  // One of the invites serves the race, the other one the edited acceptance.
  const [one, other] = await tryReplaced(all);
  if (!left(usedCases)) return first;
  // Where a used invite works anyway, an instant more or less makes no difference.
  if (trials.some((trial) => trial.case === 'second-use' && trial.verdict === 'accepted')) {
    skip(['race'], 'a used invite works again, so that the same instant tells nothing');
    if (one !== undefined) await all.retire(one);
  } else await raceInvite(all, one ?? null);
  await tryEdited(all, used.accepted.row, other ?? null);
  if (!left(['expired', 'signup'])) return first;
  await tryExpired(all);
  if (!left(['signup'])) return first;
  await trySignup(all);
  return first;
}

const firstCases: readonly InviteCase[] = ['safe-method', 'shown', 'link-page'];
const usedCases: readonly InviteCase[] = [
  'second-use',
  'other-account',
  'revoked',
  'edited',
  'replaced',
  'expired',
  'race',
  'signup',
];

/** Gives every finding its reproduction. */
async function shown({ context, desk, trials, session }: InviteTrials): Promise<readonly InviteTrial[]> {
  const made: InviteTrial[] = [];
  for (const trial of trials) {
    const guest = trial.verdict === 'accepted' ? await session() : '';
    const { requests, inviter } = desk;
    const reproduce =
      typeof guest === 'string'
        ? null
        : await inviteReproduction(context, { which: trial.case, requests, inviter, guest });
    made.push({ ...trial, reproduce });
  }
  return made;
}
