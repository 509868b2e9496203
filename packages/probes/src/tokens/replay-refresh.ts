import type { ExchangeId } from '@launch-ready/core';
import type { Ledger } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { Refresh } from '../session/sessions.ts';
import type { Replay } from '../lifecycle/replay-credential.ts';
import { tradeRefresh } from './trade-refresh.ts';

const laterMs = 5000;

/**
 * Trades a refresh token in after an event that should have ended it, and what it gave once more five seconds later. A
 * refusal counts only while another account can still refresh.
 */
export async function replayRefresh(context: ProbeContext, refresh: Refresh, probe: string): Promise<Replay> {
  const { clock } = context;
  const start = clock.monotonic();
  const first = await tradeRefresh(context, refresh, { probe });
  const exchanges: ExchangeId[] = [...first.exchanges];
  if (first.kind === 'unsure')
    return { verdict: 'inconclusive', aliveAfterMs: null, because: first.because, exchanges };
  if (first.kind === 'refused') {
    const why = await whyRefreshingFails(context, refresh, probe);
    return why === null
      ? { verdict: 'ended', aliveAfterMs: null, because: first.because, exchanges }
      : {
          verdict: 'inconclusive',
          aliveAfterMs: null,
          because: `${first.because}, but no fresh refresh token works either: ${why}`,
          exchanges,
        };
  }
  const aliveAfterMs = Math.round(clock.monotonic() - start);
  await clock.sleep(laterMs);
  const again = await tradeRefresh(context, first.next, { probe });
  exchanges.push(...again.exchanges);
  if (again.kind === 'refused') {
    const because = `the old refresh token gave one more access at once and nothing after ${laterMs / 1000} s`;
    return { verdict: 'ended', aliveAfterMs, because, exchanges };
  }
  if (again.kind === 'unsure')
    return { verdict: 'inconclusive', aliveAfterMs, because: again.because, exchanges };
  return {
    verdict: 'alive',
    aliveAfterMs: Math.round(clock.monotonic() - start),
    because: 'the old refresh token still gave access that is recognised, and so did the one after it',
    exchanges,
  };
}

const controls = new WeakMap<Ledger, Promise<string | null>>();

/** Why a fresh refresh token of some other account does not work; null when it does. Asked once in a run. */
function whyRefreshingFails(context: ProbeContext, refresh: Refresh, probe: string): Promise<string | null> {
  const known = controls.get(context.ledger);
  if (known) return known;
  const seen = context.evidence('refreshTokens')?.trials ?? [];
  if (seen.some((trial) => trial.case === 'rotation' && trial.verdict === 'good'))
    return Promise.resolve(null);
  const ask = async (): Promise<string | null> => {
    const { sessions } = context;
    const other = sessions.actors
      .map(({ id }) => id)
      .findLast((id) => id !== refresh.actor && sessions.secretOf(id) !== null);
    if (other === undefined) return 'there is no other account with a password';
    let login = await sessions.login(other);
    if (login.kind === 'in' && login.refresh === undefined) login = await sessions.login(other);
    if (login.kind === 'refused') return `${other} could not log in: ${login.because}`;
    if (login.refresh === undefined) return `the login of ${other} gave no refresh token`;
    const trade = await tradeRefresh(context, login.refresh, { probe });
    return trade.kind === 'given' ? null : trade.because;
  };
  const asked = ask();
  controls.set(context.ledger, asked);
  return asked;
}
