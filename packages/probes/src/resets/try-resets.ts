import type { EvidenceMap } from '@launch-ready/core';
import { lifetimeInAnswer } from '../invites/invite-token.ts';
import { strengthOf } from '../mail/token-strength.ts';
import type { ProbeContext } from '../probe.ts';
import { readableToken } from '../tokens/readable-token.ts';
import type { Answer } from '../transport/transport.ts';
import type { Asked } from './reset-desk.ts';
import type { ResetRoutes } from './reset-routes.ts';
import { resetLifeInMail } from './reset-token.ts';
import { exchangesOf, resetTrials, type ResetAccount } from './reset-trials.ts';
import { tryFirstAccount } from './try-first-account.ts';
import { tryResetOracle, unknownOracle } from './try-reset-oracle.ts';
import { tryAfterChange, trySecondAccount } from './try-second-account.ts';

type ResetReplay = EvidenceMap['resetReplay'];

/**
 * Resets the password of throw-away accounts, with three mails for the first and two or three for the second: limits on such mails
 * are tight. That a fresh token works, in the same way, is the control for every refusal.
 */
export async function tryResets(
  context: ProbeContext,
  routes: ResetRoutes,
  [one, other]: readonly [ResetAccount, ...ResetAccount[]],
): Promise<ResetReplay> {
  const all = resetTrials(context, routes);
  const { asked } = all;
  await all.marked(one, async (desk) => {
    await tryFirstAccount(all, desk);
    if (all.control !== null) await tryAfterChange(all, desk);
    const shows = asked.some(({ inAnswer }) => inAnswer);
    if (!shows && asked.some(({ token }) => token !== null))
      await all.note(desk, 'token-in-answer', {
        verdict: 'refused',
        because: 'the answer to whoever asks for a reset shows no token',
        exchanges: exchangesOf(...asked),
      });
  });
  if (all.control !== null && other !== undefined)
    await all.marked(other, (desk) => trySecondAccount(all, desk, one));
  else if (all.control !== null)
    all.skip(
      ['race', 'wrong-account', 'expired'],
      'the target file names no second throw-away account with a mail address',
    );
  // An answer with a token tells who has an account by that alone, which is judged as the greater fault that it is.
  const told = asked.some(({ inAnswer }) => inAnswer)
    ? {
        oracle: unknownOracle(routes.request.id, `${routes.request.id} shows the token to whoever asks`),
        times: null,
      }
    : await tryResetOracle(context, routes, usualAnswers(asked), [
        one.address,
        other?.address ?? one.address,
      ]);
  const life = lifeOf(asked);
  return {
    request: routes.request.id,
    trials: all.trials,
    lifetimeMinutes: life?.minutes ?? null,
    lifetimeSource: life?.source ?? null,
    strength: strengthOf(
      asked.flatMap(({ token }) => (token === null ? [] : [token])),
      [asked[0]?.at.getTime() ?? 0, context.clock.now().getTime()],
      asked.every(({ link, inAnswer }) => link === null && !inAnswer),
    ),
    ...told,
    notTested: all.notTested,
  };
}

/** Answers after which a mail came; where none ever came, all of them. */
function usualAnswers(asked: readonly Asked[]): readonly Answer[] {
  const mailed = asked.filter(({ mail }) => mail !== null);
  return (mailed.length > 0 ? mailed : asked).flatMap(({ answer }) => (answer === null ? [] : [answer]));
}

/** What the mail, the answer or a signed token says of its life. */
function lifeOf(asked: readonly Asked[]): { readonly minutes: number; readonly source: string } | null {
  for (const { token, mail, answer, at } of asked) {
    const exp = token === null ? undefined : readableToken(token)?.claims['exp'];
    if (typeof exp === 'number')
      return { minutes: (exp * 1000 - at.getTime()) / 60_000, source: '`exp` of the token' };
    const told = answer === null ? null : lifetimeInAnswer(answer.json(), at);
    if (told !== null) return { minutes: told.hours * 60, source: told.source };
    const minutes = mail === null ? null : resetLifeInMail(mail.text);
    if (minutes !== null) return { minutes, source: 'the text of the mail' };
  }
  return null;
}
