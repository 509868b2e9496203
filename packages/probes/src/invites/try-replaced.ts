import { membersView } from '../lifecycle/members-view.ts';
import { jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import { withoutInvite, type InviteTrials } from './invite-trials.ts';
import { isFailed, type Invite } from './make-invite.ts';
import type { Seen } from './seen-twice.ts';

const over = /^(revoked|replaced|superseded|expired|cancell?ed|inactive|void|withdrawn)$/i;

/**
 * An invite after a newer one for the same address, where the application says that the newer one replaces it. Gives the
 * invites that are still good, for other trials: limits on invites are tight.
 */
export async function tryReplaced(all: InviteTrials): Promise<readonly Invite[]> {
  const { desk, guest, skip } = all;
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
  if (!(await isReplaced(all, early, later))) {
    skip(['replaced'], 'the application keeps an older invite beside a newer one, and lists both', true);
    return early.id === later.id ? [later] : [later, early];
  }
  const seen = await all.attempt(early);
  await all.retire(early);
  await all.note(
    'replaced',
    { ...seen, exchanges: [...later.exchanges, ...seen.exchanges] },
    async (): Promise<Seen> => {
      const older = await desk.invite(guest.address);
      const newer = await desk.invite(guest.address);
      if (isFailed(older)) return withoutInvite(older);
      if (isFailed(newer)) return withoutInvite(newer);
      const again = await all.attempt(older);
      for (const one of [older, newer]) await all.retire(one);
      return again;
    },
  );
  return [later];
}

/** Whether the list of invites shows the later one alone, or says of the early one that it is over. */
async function isReplaced({ desk }: InviteTrials, early: Invite, later: Invite): Promise<boolean> {
  const list = await desk.listedTo(desk.inviter);
  const view = list?.kind === 'answer' && list.status < 300 ? membersView(list.json()) : null;
  const rowOf = ({ id }: Invite): JsonObject | null =>
    view?.items.find((item) => id !== null && idsOf(item).includes(id)) ?? null;
  const row = rowOf(early);
  return (
    rowOf(later) !== null &&
    early.id !== later.id &&
    (row === null || jsonScalars(row).some(({ value }) => typeof value === 'string' && over.test(value)))
  );
}

const idsOf = (item: JsonObject): readonly string[] =>
  ['id', '_id', 'inviteId', 'invite_id', 'uuid', 'token'].flatMap((name) => {
    const value = item[name];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
