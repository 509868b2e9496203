import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential, Refresh } from '../session/sessions.ts';
import { saysNo } from '../input/says-no.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';

/** What became of one use of a refresh token. */
export type Trade =
  | {
      readonly kind: 'given';
      /** Recognised, which was asked; null when nobody asked. */
      readonly credential: Credential | null;
      readonly next: Refresh;
      readonly rotated: boolean;
      readonly exchanges: readonly ExchangeId[];
    }
  | { readonly kind: 'refused'; readonly because: string; readonly exchanges: readonly ExchangeId[] }
  /** Neither: no answer, too many requests, an error of the server. */
  | { readonly kind: 'unsure'; readonly because: string; readonly exchanges: readonly ExchangeId[] };

const mostCredentials = 3;

/**
 * Trades a refresh token in. It was given something only when what it gave is recognised; `unproven` saves that question where
 * the next step answers it.
 */
export async function tradeRefresh(
  { sessions }: Pick<ProbeContext, 'sessions'>,
  refresh: Refresh,
  options: { readonly probe: string; readonly token?: string; readonly unproven?: boolean },
): Promise<Trade> {
  const { probe } = options;
  const result = await unlessGuarded(
    sessions.sendWith(null, refresh.actor, {
      ...refresh.request(options.token),
      probe,
      purpose: 'trade a refresh token in',
      effect: { kind: 'session' },
    }),
  );
  if (result.kind === 'not-sent') return { kind: 'unsure', because: result.because, exchanges: [] };
  const exchanges: ExchangeId[] = [result.exchange];
  if (result.kind === 'no-answer') return { kind: 'unsure', because: result.because, exchanges };
  if (result.status === 429 || result.status >= 500)
    return { kind: 'unsure', because: `refreshing was answered with ${result.status}`, exchanges };
  const given = result.status < 400 ? refresh.read(result) : null;
  if (given === null) {
    const error = result.status < 400 && saysNo(result.text) ? ' and an error inside' : '';
    return { kind: 'refused', because: `refreshing was answered with ${result.status}${error}`, exchanges };
  }
  const { refresh: next, rotated } = given;
  if (options.unproven === true) return { kind: 'given', credential: null, next, rotated, exchanges };
  for (const credential of given.credentials.slice(0, mostCredentials)) {
    const seen = await sessions.isAlive(credential, probe);
    if (seen.exchange !== null) exchanges.push(seen.exchange);
    if (seen.unsure !== null) return { kind: 'unsure', because: seen.unsure, exchanges };
    if (seen.alive) return { kind: 'given', credential, next, rotated, exchanges };
  }
  return { kind: 'refused', because: 'what refreshing gave is not recognised', exchanges };
}
