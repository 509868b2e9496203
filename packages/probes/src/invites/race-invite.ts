import type { ExchangeId } from '@launch-ready/core';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { InviteTrials } from './invite-trials.ts';
import { isFailed, type Invite } from './make-invite.ts';

const racers = 8;
/** A second time where the first looks guilty, and a third one where luck may have decided. */
const [fewRounds, mostRounds] = [2, 3];

/** One invite accepted many times in the same instant by the account that it is for: how often is it a member then? */
export async function raceInvite(all: InviteTrials, spare: Invite | null): Promise<void> {
  const { context, desk, gate, guest, note, skip } = all;
  const said: string[] = [];
  const exchanges: ExchangeId[] = [];
  let several = 0;
  let single = 0;
  let hint = false;
  const unsure = (because: string): Promise<void> =>
    note('race', { verdict: 'inconclusive', because, exchanges });
  for (let round = 0; round < (hint ? mostRounds : fewRounds); round += 1) {
    const invite = round === 0 && spare !== null ? spare : await desk.invite(guest.address);
    if (isFailed(invite)) {
      if (round === 0) return skip(['race'], invite.because);
      break;
    }
    const as = await all.session();
    const before = await desk.lastMembers();
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
    const agreed = results.filter((one) => one.kind === 'answer' && one.status < 300).length;
    // Rows are taken out one by one until none is left: that is their number.
    let rows = 0;
    let next = entry;
    for (; rows <= racers; rows += 1) {
      const seen = await gate.joined(before, next);
      exchanges.push(...seen.exchanges);
      if (seen.failed !== null) return unsure(seen.failed);
      if (!seen.joined) break;
      await all.takeOut(next);
      context.ledger.cleaned(next);
      next = gate.intend();
    }
    if (rows > racers) {
      context.ledger.leftover(next, `${guest.address} is a member and could not be removed`);
      return unsure('the new member could not be removed again');
    }
    await all.retire(invite);
    if (rows > 1) several += 1;
    if (rows === 1) single += 1;
    hint ||= rows > 1;
    said.push(
      `${racers} acceptances in the same instant made ${rows} ${rows === 1 ? 'membership' : 'memberships'}`,
    );
    // Several agreements to one membership may be courtesy, or two that met: another round tells.
    if (several >= fewRounds || (rows <= 1 && !(agreed > 1 && round === 0) && !hint)) break;
  }
  const because = said.join('; then ');
  if (several >= fewRounds) return note('race', { verdict: 'accepted', because, exchanges });
  return note('race', {
    verdict: several === 0 && single > 0 ? 'refused' : 'inconclusive',
    because,
    exchanges,
  });
}
