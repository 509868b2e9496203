import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import type { RefreshSight } from './refresh-chain.ts';
import { tradeRefresh } from './trade-refresh.ts';

const probe = 'lifecycle/refresh-tokens';

/**
 * Uses one refresh token twice in the same instant, as two tabs do. At most one chain may go on, and a session that has nothing
 * to do with it must survive.
 */
export async function refreshCollision(
  context: ProbeContext,
  actor: ActorId,
): Promise<readonly RefreshSight[]> {
  const { sessions } = context;
  const bystander = await sessions.login(actor);
  const login = await logInAfresh(context, actor);
  const exchanges: ExchangeId[] = [...bystander.exchanges, ...login.exchanges];
  const say = (
    which: RefreshSight['case'],
    verdict: RefreshSight['verdict'],
    because: string,
  ): RefreshSight => ({
    case: which,
    verdict,
    because,
    exchanges: [...exchanges],
  });
  if (bystander.kind === 'refused' || login.kind === 'refused' || login.refresh === undefined)
    return [
      say('parallel-fork', 'inconclusive', `${actor} could not open two sessions with a refresh token`),
    ];
  const { refresh } = login;
  const trades = await Promise.all(
    [0, 1].map(() => tradeRefresh(context, refresh, { probe, unproven: true })),
  );
  exchanges.push(...trades.flatMap((one) => one.exchanges));
  const given = trades.filter((one) => one.kind === 'given');
  const successors = new Map(given.map(({ next }) => [next.token, next]));
  let fork = say(
    'parallel-fork',
    'good',
    'used twice in the same instant, a refresh token gave one successor at most',
  );
  if (given.length === 0 && trades.some(({ kind }) => kind === 'unsure'))
    fork = say(
      'parallel-fork',
      'inconclusive',
      'refreshing twice in the same instant gave no answer that decides',
    );
  else if (successors.size > 1) {
    const living = [];
    for (const next of successors.values()) {
      const more = await tradeRefresh(context, next, { probe });
      exchanges.push(...more.exchanges);
      if (more.kind === 'given') living.push(more);
    }
    fork =
      living.length > 1
        ? say(
            'parallel-fork',
            'bad',
            'used twice in the same instant, one refresh token opened two chains that both go on',
          )
        : say('parallel-fork', 'good', 'of two successors given in the same instant only one goes on');
  }
  const seen = await sessions.isAlive(bystander.credential, probe);
  if (seen.exchange !== null) exchanges.push(seen.exchange);
  const lockout =
    seen.unsure !== null
      ? say('parallel-lockout', 'inconclusive', seen.unsure)
      : seen.alive
        ? say('parallel-lockout', 'good', 'another session of the account lived on')
        : say(
            'parallel-lockout',
            'bad',
            'two tabs that refresh in the same instant ended another session of the account as well',
          );
  return [fork, lockout];
}
