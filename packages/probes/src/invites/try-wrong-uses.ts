import { isFailed } from './make-invite.ts';
import { withoutInvite, type InviteTrials } from './invite-trials.ts';
import type { Seen } from './seen-twice.ts';
import type { FirstUse } from './try-first-use.ts';

/** An invite that was used, used again. */
export async function trySecondUse(all: InviteTrials, { invite }: FirstUse): Promise<void> {
  const again = await all.attempt(invite);
  await all.retire(invite);
  await all.note('second-use', again, async () => {
    const next = await all.desk.invite(all.guest.address);
    if (isFailed(next)) return withoutInvite(next);
    const used = await all.attempt(next);
    const seen = used.verdict === 'accepted' ? await all.attempt(next) : withoutInvite(used);
    await all.retire(next);
    return seen;
  });
}

/** An invite for another address; where it is refused, once more with that address written into the request. */
export async function tryOtherAccount(all: InviteTrials): Promise<void> {
  const { context, desk, guest, note, skip } = all;
  const address = (): string =>
    context.inbox?.freshAddress('invited') ??
    `lr-${context.random.token(10)}@${guest.address.split('@')[1] ?? 'example.com'}`;
  const accept = async (claims: boolean): Promise<Seen> => {
    const next = await desk.invite(address());
    if (isFailed(next)) return withoutInvite(next);
    const seen = await all.attempt(next, claims ? { email: next.address } : undefined);
    await all.retire(next);
    return seen;
  };
  const foreign = await desk.invite(address());
  if (isFailed(foreign)) return skip(['other-account'], foreign.because);
  const seen = await all.attempt(foreign);
  const claimed = seen.verdict === 'refused' ? await all.attempt(foreign, { email: foreign.address }) : null;
  await all.retire(foreign);
  await note('other-account', seen, () => accept(false));
  if (claimed?.verdict === 'accepted')
    await note(
      'edited',
      {
        ...claimed,
        because: `an account with another address joined by writing the invited address into the request: ${claimed.because}`,
      },
      () => accept(true),
    );
}

/** An invite that was withdrawn. */
export async function tryRevoked(all: InviteTrials): Promise<void> {
  const { desk, guest, note, skip } = all;
  const once = async (): Promise<Seen | string> => {
    const last = await desk.invite(guest.address);
    if (isFailed(last)) return last.because;
    const revoked = await desk.revoke(last);
    if (revoked.because !== null) return revoked.because;
    const seen = await all.attempt(last);
    all.context.ledger.cleaned(last.ref);
    return { ...seen, exchanges: [...revoked.exchanges, ...seen.exchanges] };
  };
  const seen = await once();
  if (typeof seen === 'string') return skip(['revoked'], seen);
  await note('revoked', seen, async () => {
    const again = await once();
    return typeof again === 'string' ? withoutInvite({ because: again }) : again;
  });
}

/** An invite that the owner of the target made expire. */
export async function tryExpired(all: InviteTrials): Promise<void> {
  const expire = all.context.target.hooks.expireInvite ?? null;
  if (expire === null)
    return all.skip(
      ['expired'],
      'no hooks.expireInvite is given in the target file, and nobody waits that long',
    );
  const once = async (): Promise<Seen> => {
    const invite = await all.desk.invite(all.guest.address);
    if (isFailed(invite)) return withoutInvite(invite);
    await expire({ address: invite.address, token: invite.token });
    const seen = await all.attempt(invite);
    await all.retire(invite);
    return seen;
  };
  await all.note('expired', await once(), once);
}
