import { isFailed, type Invite } from './make-invite.ts';
import type { Attempt, InviteTrials } from './invite-trials.ts';
import { withoutInvite } from './invite-trials.ts';
import { lookAtInvite } from './look-at-invite.ts';
import type { Seen } from './seen-twice.ts';

/** An invite that was accepted as it is meant to be. */
export interface FirstUse {
  readonly invite: Invite;
  readonly accepted: Attempt;
}

const uselessByLooking =
  'an invite whose link had been fetched could not be accepted any more, and one that nobody had fetched could';

/**
 * Looks at the link of an invite as mail scanners do, and accepts it: the control for every refusal. A text says why it could not
 * be accepted.
 */
export async function tryFirstUse(all: InviteTrials, first: Invite): Promise<FirstUse | string> {
  const { context, desk, routes, guest, note, skip } = all;
  const looked = await lookAtInvite(context, desk, routes, first, guest.address);
  if (looked.kind === 'not-tried') skip(['safe-method', 'link-page'], looked.because);
  else if (looked.page === null) skip(['link-page'], 'the invite has no link at the target');
  else await note('link-page', looked.page);

  if (looked.kind === 'joined') {
    const entry = all.gate.intend();
    const member = await all.gate.joined(looked.before, entry);
    if (member.joined) await all.takeOut(entry);
    await all.retire(first);
    await note(
      'safe-method',
      {
        verdict: 'accepted',
        because: 'the invited account was a member after its link had been fetched',
        exchanges: looked.exchanges,
      },
      () => lookedAtAgain(all),
    );
    if (all.stuck() !== null) return 'the invite was accepted by looking at its link';
    return acceptUntouched(all);
  }
  const accepted = await all.attempt(first);
  if (looked.kind === 'not-tried' || accepted.verdict === 'accepted') {
    if (looked.kind === 'looked')
      await note('safe-method', {
        verdict: 'refused',
        because: 'after GET and HEAD of its link nobody had joined, and the invite could still be accepted',
        exchanges: [...looked.exchanges, ...accepted.exchanges],
      });
    return accepted.verdict === 'accepted' ? { invite: first, accepted } : refusedWith(all, first, accepted);
  }
  // Perhaps looking used it up: one that nobody looked at tells.
  const untouched = accepted.verdict === 'refused' ? await acceptUntouched(all) : '';
  if (typeof untouched === 'string') {
    skip(['safe-method'], accepted.because);
    return refusedWith(all, first, accepted);
  }
  await note(
    'safe-method',
    {
      verdict: 'accepted',
      because: uselessByLooking,
      exchanges: [...looked.exchanges, ...accepted.exchanges, ...untouched.accepted.exchanges],
    },
    () => lookedAtAgain(all),
  );
  return untouched;
}

async function refusedWith(
  all: InviteTrials,
  invite: Invite,
  { verdict, because }: Attempt,
): Promise<string> {
  await all.retire(invite);
  return verdict === 'inconclusive'
    ? because
    : `a fresh invite could not be accepted, so that refusals prove nothing: ${because}`;
}

async function acceptUntouched(all: InviteTrials): Promise<FirstUse | string> {
  const invite = await all.desk.invite(all.guest.address);
  if (isFailed(invite)) return invite.because;
  const accepted = await all.attempt(invite);
  return accepted.verdict === 'accepted' ? { invite, accepted } : refusedWith(all, invite, accepted);
}

/** Fetches the link of another invite: whether somebody joins by that, or nobody can any more. */
async function lookedAtAgain(all: InviteTrials): Promise<Seen> {
  const { context, desk, routes, guest } = all;
  const invite = await desk.invite(guest.address);
  if (isFailed(invite)) return withoutInvite(invite);
  const looked = await lookAtInvite(context, desk, routes, invite, guest.address);
  if (looked.kind === 'not-tried') return withoutInvite(looked);
  if (looked.kind === 'joined') {
    const entry = all.gate.intend();
    const member = await all.gate.joined(looked.before, entry);
    if (member.joined) await all.takeOut(entry);
    await all.retire(invite);
    return { verdict: 'accepted', because: 'somebody joined by it', exchanges: looked.exchanges };
  }
  const { verdict, because, exchanges } = await all.attempt(invite);
  await all.retire(invite);
  return {
    verdict: verdict === 'refused' ? 'accepted' : verdict === 'accepted' ? 'refused' : 'inconclusive',
    because,
    exchanges: [...looked.exchanges, ...exchanges],
  };
}
