import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { headerCredential } from '../session/header-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { expireByClock } from './expire-by-clock.ts';
import { readableToken, readableTokenOf, secondsLeft } from './readable-token.ts';
import { tradeRefresh } from './trade-refresh.ts';

type Trial = EvidenceMap['tokenVault']['trials'][number];

/** An unused token that was put away. */
export interface KeptToken {
  readonly purpose: 'access' | 'refresh';
  readonly actor: string;
  /** Header lines that carry it; for a refresh token the token itself. */
  readonly headers: readonly (readonly [string, string])[];
  readonly keptAt: string;
  /** ISO time from which it must be dead. */
  readonly dueAt: string;
}

/** Where tokens wait for a later review of the same target. They are encrypted there. */
export interface Vault {
  /** What earlier reviews put away and no review has used since. */
  readonly earlier: readonly KeptToken[];
  keep(tokens: readonly KeptToken[]): void;
}

const probe = 'lifecycle/token-vault';
const minute = 60_000;

/** Uses tokens of earlier reviews that must be dead by now, and puts fresh ones away for a later review. */
export const tokenVault = defineProbe({
  id: probe,
  title: 'Tokens of earlier reviews, after their end',
  provides: 'tokenVault',
  needs: ['logins', 'refreshTokens', 'tokenLife'],
  leastMode: 'standard',
  estimate: ({ vault, target }) =>
    (vault === undefined ? 0 : 4 + vault.earlier.length * 2) + (target.hooks.moveClock ? 12 : 0),
  async run(context) {
    const { vault, target } = context;
    const { moveClock } = target.hooks;
    const lives = context.evidence('tokenLife')?.lives.filter(({ token }) => token !== 'session-cookie');
    const stated = lives?.some(({ seconds }) => seconds !== null);
    const data = (because: string, kept: number, trials: readonly Trial[]) =>
      ({
        status: 'gathered',
        data: {
          enabled: vault !== undefined,
          because,
          ...(stated === undefined ? {} : { stated }),
          kept,
          trials,
        },
      }) as const;
    const byClock = moveClock && stated !== false ? await expireByClock(context, moveClock) : [];
    const seen = 'because' in byClock ? [] : byClock;
    const why = 'because' in byClock ? `; ${byClock.because}` : '';
    if (stated === false && (vault === undefined || vault.earlier.length === 0))
      return data('no token of a login says when it ends', 0, []);
    if (vault === undefined)
      return data(
        `no tokens are kept: give hooks.moveClock in the target file, or set LAUNCH_READY_VAULT_KEY to a secret of 16 characters or more, and review the target again later${why}`,
        0,
        seen,
      );
    const now = context.clock.now();
    const trials: Trial[] = [...seen];
    for (const token of vault.earlier) trials.push(await replay(context, token, now));
    const waiting = vault.earlier.filter((token) => new Date(token.dueAt) > now);
    const fresh = await unused(context, now);
    vault.keep([...waiting, ...fresh]);
    const pending = fresh.map(({ purpose, keptAt, dueAt }): Trial => ({
      purpose,
      keptAt,
      dueAt,
      verdict: 'pending',
      because: 'put away by this review',
      exchanges: [],
    }));
    return data(
      `${fresh.length} unused tokens were put away; a later review of this target uses them once they must be dead${why}`,
      fresh.length,
      [...trials, ...pending],
    );
  },
});

async function replay(context: ProbeContext, token: KeptToken, now: Date): Promise<Trial> {
  const { sessions, transport } = context;
  const { purpose, keptAt, dueAt, actor } = token;
  const say = (verdict: Trial['verdict'], because: string, exchanges: readonly ExchangeId[] = []): Trial => ({
    purpose,
    keptAt,
    dueAt,
    verdict,
    because,
    exchanges,
  });
  if (new Date(dueAt) > now) return say('pending', 'it may still live');
  for (const [, value] of token.headers) transport.addSecret(value);
  if (
    !sessions.actors.some(({ id }) => id === actor) &&
    context.target.tenants.every((name) => sessions.throwaway(name) !== actor)
  )
    return say('inconclusive', `${actor} is no account of the target file any more`);
  // A living session of the same account is the control: with it, a refusal is about the token.
  const control = await logInAfresh(context, actor);
  if (control.kind === 'refused') return say('inconclusive', `${actor} cannot log in: ${control.because}`);
  const [line] = token.headers;
  if (line === undefined) return say('inconclusive', 'nothing was kept');
  if (purpose === 'refresh') {
    if (control.refresh === undefined) return say('inconclusive', 'logins give no refresh token any more');
    const trade = await tradeRefresh(context, control.refresh, { probe, token: line[1] });
    if (trade.kind === 'unsure') return say('inconclusive', trade.because, trade.exchanges);
    return trade.kind === 'given'
      ? say('alive', 'a kept refresh token still gave access', trade.exchanges)
      : say('dead', trade.because, trade.exchanges);
  }
  const old: Credential = headerCredential(actor, line[1], { name: line[0], prefix: '' });
  const seen = await sessions.isAlive(old, probe);
  const exchanges = seen.exchange === null ? [] : [seen.exchange];
  if (seen.unsure !== null) return say('inconclusive', seen.unsure, exchanges);
  return seen.alive
    ? say('alive', 'a kept session still got what only a signed-in user gets', exchanges)
    : say('dead', 'a kept session was refused', exchanges);
}

/** A session and a refresh token of a login of their own, which nobody uses. */
async function unused(context: ProbeContext, now: Date): Promise<readonly KeptToken[]> {
  // Not a throw-away: its sessions are ended on purpose by other probes.
  const actor = context.sessions.actors.findLast(({ id }) => context.sessions.secretOf(id) !== null)?.id;
  const login = actor === undefined ? null : await logInAfresh(context, actor);
  if (actor === undefined || login?.kind !== 'in') return [];
  const token = readableTokenOf(login.credential, context.target.api);
  const left = token === null ? null : secondsLeft(token, now);
  const due = (ms: number): string => new Date(now.getTime() + ms).toISOString();
  const headers = login.credential.headers(context.target.api);
  const keptAt = now.toISOString();
  const { refresh } = login;
  const refreshEnd = refresh === undefined ? null : endOf(refresh.token);
  return [
    // Only a stated end says when a session must be dead.
    ...(left === null
      ? []
      : [{ purpose: 'access', actor, headers, keptAt, dueAt: due(left * 1000 + minute) } as const]),
    ...(refresh === undefined || refreshEnd === null
      ? []
      : [
          {
            purpose: 'refresh',
            actor,
            headers: [['refresh', refresh.token]],
            keptAt,
            dueAt: new Date(refreshEnd + minute).toISOString(),
          } as const,
        ]),
  ];
}

/** Time in milliseconds at which a signed token says that it ends. */
function endOf(text: string): number | null {
  const exp = readableToken(text)?.claims['exp'];
  return typeof exp === 'number' ? exp * 1000 : null;
}
