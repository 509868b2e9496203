import { actorsOf } from '../access/ranked-actors.ts';
import type { Invite } from './make-invite.ts';
import type { InviteTrials } from './invite-trials.ts';

/** Whether somebody with the weakest role of the organisation is shown the token of an open invite. */
export async function tryShown({ context, desk, note, skip }: InviteTrials, invite: Invite): Promise<void> {
  const weakest = actorsOf(context, desk.tenant).at(-1);
  if (weakest === undefined || weakest.id === desk.inviter)
    return skip(['shown'], 'the target file names one role in that organisation only');
  const list = await desk.listedTo(weakest.id);
  if (list === null) return skip(['shown'], 'no operation was found that lists invites', true);
  const exchanges = [list.exchange];
  if (list.kind !== 'answer' || list.status === 429 || list.status >= 500)
    return note('shown', {
      verdict: 'inconclusive',
      because: 'the list of invites gave no answer',
      exchanges,
    });
  if (invite.token === invite.id)
    return skip(['shown'], 'invites are accepted by their id, without a token', true);
  return note(
    'shown',
    list.text.includes(invite.token)
      ? {
          verdict: 'accepted',
          because: `${weakest.id} finds the token of an invite for somebody else in the list of invites`,
          exchanges,
        }
      : {
          verdict: 'refused',
          because: `the list of invites, answered with ${list.status} to ${weakest.id}, holds no token`,
          exchanges,
        },
  );
}
