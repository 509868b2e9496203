import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { accountToLogOut } from '../lifecycle/account-to-log-out.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import type { ProbeContext } from '../probe.ts';
import type { LoginResult } from '../session/sessions.ts';
import { accessLife, refreshLife } from './declared-lives.ts';
import { tradeRefresh } from './trade-refresh.ts';
import { tokenOf } from './try-purposes.ts';
import { watchedLogin } from './watched-login.ts';

type Trial = EvidenceMap['tokenVault']['trials'][number];
type Login = Extract<LoginResult, { kind: 'in' }>;

const probe = 'lifecycle/token-vault';
const graceSeconds = 60;

/**
 * Uses fresh tokens after their stated end by setting the application's clock ahead, and back again whatever happens. A login
 * made in that time is the control: with it, a refusal is about the old token.
 */
export async function expireByClock(
  context: ProbeContext,
  moveClock: (secondsAhead: number) => Promise<void>,
): Promise<readonly Trial[] | { readonly because: string }> {
  const actor = accountToLogOut(context);
  if (actor === null)
    return { because: 'no account with a password is known that could be logged in once more' };
  const { login, answers } = await watchedLogin(context, actor);
  if (login.kind === 'refused')
    return { because: `${actor} could not be logged in once more: ${login.because}` };
  const now = context.clock.now();
  const access = tokenOf(login.credential, context.target.api);
  const { refresh } = login;
  const lives = [
    {
      purpose: 'access',
      seconds: access === null ? null : accessLife(access, answers, now.getTime()).seconds,
    },
    {
      purpose: 'refresh',
      seconds: refresh === undefined ? null : refreshLife(refresh.token, answers, now.getTime()).seconds,
    },
  ] as const;
  const trials: Trial[] = [];
  try {
    for (const { purpose, seconds } of lives) {
      if (seconds === null) continue;
      const ahead = Math.ceil(seconds) + graceSeconds;
      await moveClock(ahead);
      const seen = await (purpose === 'access' ? useAccess(context, login) : useRefresh(context, login));
      trials.push({
        purpose,
        keptAt: now.toISOString(),
        dueAt: new Date(now.getTime() + ahead * 1000).toISOString(),
        ...seen,
      });
    }
  } finally {
    await moveClock(0);
  }
  return trials;
}

type Seen = Pick<Trial, 'verdict' | 'because' | 'exchanges'>;

async function useAccess(context: ProbeContext, login: Login): Promise<Seen> {
  const { sessions } = context;
  const { credential } = login;
  const exchanges: ExchangeId[] = [];
  const say = (verdict: Seen['verdict'], because: string): Seen => ({ verdict, because, exchanges });
  for (const time of ['first', 'again']) {
    const seen = await sessions.isAlive(credential, probe);
    if (seen.exchange !== null) exchanges.push(seen.exchange);
    if (seen.unsure !== null) return say('inconclusive', seen.unsure);
    if (seen.alive) continue;
    if (time === 'again') return say('inconclusive', 'it was recognised once, and not again');
    const control = await logInAfresh(context, credential.actor);
    exchanges.push(...control.exchanges);
    return control.kind === 'in'
      ? say('dead', 'with the clock after its end it was refused, and a new login recognised')
      : say('inconclusive', `with the clock moved no login is recognised either: ${control.because}`);
  }
  return say('alive', 'with the clock of the application after its end it was still recognised, twice');
}

async function useRefresh(context: ProbeContext, { credential, refresh }: Login): Promise<Seen> {
  if (refresh === undefined) return { verdict: 'inconclusive', because: 'there is none', exchanges: [] };
  const trade = await tradeRefresh(context, refresh, { probe });
  const { exchanges } = trade;
  if (trade.kind === 'unsure') return { verdict: 'inconclusive', because: trade.because, exchanges };
  if (trade.kind === 'given')
    return {
      verdict: 'alive',
      because: 'with the clock of the application after its end it still gave access that is recognised',
      exchanges,
    };
  const control = await logInAfresh(context, credential.actor);
  const fresh = control.kind === 'in' ? control.refresh : undefined;
  const works = fresh === undefined ? null : await tradeRefresh(context, fresh, { probe });
  return works?.kind === 'given'
    ? {
        verdict: 'dead',
        because: 'with the clock after its end it was refused, and a new one taken',
        exchanges: [...exchanges, ...works.exchanges],
      }
    : {
        verdict: 'inconclusive',
        because: 'with the clock moved no fresh refresh token works either',
        exchanges,
      };
}
