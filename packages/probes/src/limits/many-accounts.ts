import type { ActorId, EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { SendResult } from '../transport/transport.ts';
import { announcedWait } from './announced-wait.ts';
import { guessSeries, type Series } from './guess-series.ts';
import { limitReproduction } from './limit-reproduction.ts';
import type { LoginSender } from './login-sender.ts';
import { wrongPassword } from './wrong-password.ts';

type Route = EvidenceMap['rateLimits']['routes'][number];

/** Guesses for accounts that do not exist, from the same address. */
export async function manyAccounts(
  context: ProbeContext,
  login: LoginSender,
  account: { readonly actor: ActorId; readonly username: string },
  limited: Series | null,
  most: number,
): Promise<Route> {
  const { clock, random } = context;
  const domain = account.username.includes('@')
    ? account.username.slice(account.username.lastIndexOf('@'))
    : '';
  const guess = (): Promise<SendResult> =>
    login.send(
      { username: `lr-${random.token(10)}${domain}`, password: wrongPassword(context) },
      'a wrong password for an invented account',
    );
  const base = {
    route: 'login',
    operation: login.operation,
    series: 'many-accounts',
    recovers: 'not-waited',
    othersServed: 'not-tried',
  } as const;
  if (limited !== null) {
    const next = await guess();
    if (next.kind === 'answer' && next.status === 429) {
      return {
        ...base,
        attempts: limited.attempts + 1,
        seconds: limited.seconds,
        limitedAfter: limited.limitedAfter ?? limited.attempts,
        limitedBy: '429',
        retryAfterSeconds: announcedWait(next, clock.now()) ?? limited.retryAfterSeconds,
        verdict: 'limited',
        because:
          'after the guesses for one account, a guess for another was refused with 429 as well: the limit counts the address',
        exchanges: [next.exchange],
      };
    }
  }
  const series = await guessSeries(clock, most, guess);
  return {
    ...base,
    attempts: series.attempts,
    seconds: series.seconds,
    limitedAfter: series.limitedAfter,
    limitedBy: series.limitedBy,
    retryAfterSeconds: series.retryAfterSeconds,
    verdict: series.broken !== null ? 'inconclusive' : series.limitedBy === null ? 'unlimited' : 'limited',
    because: series.because,
    exchanges: series.exchanges,
    reproduce: limitReproduction(context, login, account.actor, 'many-accounts'),
  };
}
