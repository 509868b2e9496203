import { seenTwice, type Seen } from '../invites/seen-twice.ts';
import { putPasswordBack, changeOwnPassword } from './put-password-back.ts';
import { raceResets } from './race-resets.ts';
import { resetDesk, type ResetDesk } from './reset-desk.ts';
import { seenBy, withoutToken, type ResetAccount, type ResetTrials, type SeenReset } from './reset-trials.ts';
import { askForged } from './try-forged-host.ts';

/** A reset that waits while the password is changed by somebody who knows it. */
export async function tryAfterChange(all: ResetTrials, desk: ResetDesk): Promise<void> {
  const { change, skip } = all;
  if (change === null)
    return skip(
      ['after-password-change'],
      'no operation was found that asks for the present and for a new password',
    );
  const once = async (): Promise<SeenReset> => {
    const waiting = await all.ask(desk);
    if (waiting.token === null) return withoutToken(waiting);
    if (!(await changeOwnPassword(all.context, desk, change, all.fresh())))
      return { verdict: 'inconclusive', because: 'the password could not be changed', exchanges: [] };
    const late = all.fresh();
    return seenBy(await desk.use(waiting.token, late), waiting.token, late);
  };
  await all.note(desk, 'after-password-change', await once(), once);
}

/** Two resets of another account: whose password a token sets, the same instant, and the time after its end. */
export async function trySecondAccount(
  all: ResetTrials,
  desk: ResetDesk,
  victim: ResetAccount,
): Promise<void> {
  const { skip, note, routes } = all;
  const mine = await askForged(all, desk, 'host');
  const usable = mine.token === null ? await all.ask(desk) : mine;
  if (usable.token === null)
    return skip(['race', 'wrong-account', 'expired'], usable.because ?? 'no token came');
  if (routes.accountField === null)
    skip(['wrong-account'], 'a reset takes no account beside its token', true);
  else
    await note(desk, 'wrong-account', await wrongAccount(all, desk, victim, usable.token), async () => {
      const asked = await all.ask(desk);
      return asked.token === null ? withoutToken(asked) : wrongAccount(all, desk, victim, asked.token);
    });
  // Where a used token works anyway, an instant more or less makes no difference.
  if (all.trials.some((trial) => trial.case === 'second-use' && trial.verdict === 'accepted'))
    skip(['race'], 'a used token works again, so that the same instant tells nothing');
  else await tryRace(all, desk, usable.token);
  await tryExpired(all, desk);
}

async function tryRace(all: ResetTrials, desk: ResetDesk, token: string): Promise<void> {
  const { control } = all;
  if (control === null) return;
  const race = async (): Promise<Seen> => {
    const asked = await all.ask(desk);
    return asked.token === null ? withoutToken(asked) : raceResets(all.context, desk, asked.token, control);
  };
  let first = await raceResets(all.context, desk, token, control);
  // Luck decides races: where more than one was answered as a success, it is worth another token.
  if (first.verdict === 'inconclusive' && first.several) first = { ...(await race()), several: false };
  await all.note(desk, 'race', await seenTwice<Seen>(first, race));
}

/** Sends the token of this account with the address of another: whose password it is afterwards decides. */
async function wrongAccount(
  all: ResetTrials,
  desk: ResetDesk,
  victim: ResetAccount,
  token: string,
): Promise<SeenReset> {
  const { context, routes } = all;
  const theirs = resetDesk(context, routes, victim);
  const password = all.fresh();
  context.transport.addSecret(password);
  const request = desk.useRequest(token, password, victim.address);
  const { exchange } = await context.sessions.sendWith(null, 'anonymous', request);
  desk.shown.use = request;
  const exchanges = [exchange];
  if ((await theirs.logsIn(victim.password)) === true)
    return {
      verdict: 'refused',
      because: 'the password of the other account stayed as it was',
      exchanges,
    };
  if ((await theirs.logsIn(password)) !== true)
    return {
      verdict: 'inconclusive',
      because: 'neither password of the other account could be seen to work',
      exchanges,
    };
  theirs.isNow(password);
  const lost = await putPasswordBack(context, theirs, all.change);
  if (lost !== null) all.skip([], lost);
  return {
    verdict: 'accepted',
    because: `a token mailed to ${desk.actor} set the password of ${victim.actor}`,
    exchanges,
    token,
    password,
  };
}

/** A reset that the owner of the target made expire. */
async function tryExpired(all: ResetTrials, desk: ResetDesk): Promise<void> {
  const expire = all.context.target.hooks.expireReset ?? null;
  if (expire === null)
    return all.skip(
      ['expired'],
      'no hooks.expireReset is given in the target file, and nobody waits that long',
    );
  const once = async (): Promise<SeenReset> => {
    const late = await all.ask(desk);
    if (late.token === null) return withoutToken(late);
    await expire({ address: desk.address, token: late.token });
    const password = all.fresh();
    return seenBy(await desk.use(late.token, password), late.token, password);
  };
  await all.note(desk, 'expired', await once(), once);
}
