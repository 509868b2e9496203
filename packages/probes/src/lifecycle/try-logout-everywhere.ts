import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { Refresh } from '../session/sessions.ts';
import { eventReproduction } from './event-reproduction.ts';
import { logInAfresh } from './log-in-afresh.ts';
import { logoutEverywhereRoute } from './logout-everywhere-route.ts';
import { refreshTrial } from '../tokens/refresh-trial.ts';
import { replayCredential } from './replay-credential.ts';
import { residualLife } from '../tokens/residual-life.ts';
import type { SessionGap, SessionTrial } from './session-replay.ts';
import { unlessGuarded } from './unless-guarded.ts';

const probe = 'lifecycle/session-replay';
const event = 'logout-everywhere';

/** Opens two sessions of a throw-away account, ends all of them in one, and uses the other. */
export async function tryLogoutEverywhere(
  context: ProbeContext,
): Promise<{ readonly trials: readonly SessionTrial[]; readonly notTested: readonly SessionGap[] }> {
  const { sessions, target, operations } = context;
  const gap = (because: string, absent = false) =>
    ({ trials: [], notTested: [{ event, because, absent }] }) as const;
  const operation = logoutEverywhereRoute(operations);
  if (operation === null) return gap('no operation was found that ends all sessions of an account', true);
  const actor = target.tenants.flatMap((tenant) => sessions.throwaway(tenant) ?? [])[0];
  if (actor === undefined) return gap('the target file names no throw-away account');
  const here = await sessions.login(actor);
  const there = here.kind === 'in' ? await logInAfresh(context, actor) : here;
  if (here.kind === 'refused' || there.kind === 'refused')
    return gap(`${actor} could not open two sessions: ${there.kind === 'refused' ? there.because : ''}`);
  const exchanges: ExchangeId[] = [...here.exchanges, ...there.exchanges];
  const copy = there.credential.snapshot();
  const residualSeconds = residualLife(context, copy);
  const url = operation.origin + operation.path;
  const result = await unlessGuarded(
    sessions.sendWith(here.credential, actor, {
      probe,
      purpose: 'end all sessions of the throw-away account',
      method: operation.method,
      url,
      operation,
      effect: { kind: 'session' },
      ...(operation.body === undefined ? {} : { body: { kind: 'json', value: {} } as const }),
    }),
  );
  if (result.kind !== 'answer' || result.status >= 300)
    return gap(
      `ending all sessions was answered with ${result.kind === 'answer' ? `status ${result.status}` : result.because}`,
    );
  exchanges.push(result.exchange);
  const replay = await replayCredential(context, copy, probe);
  const reproduce = async (refresh?: Refresh): Promise<SessionTrial['reproduce']> => {
    const living = replay.verdict === 'alive' ? null : await logInAfresh(context, actor);
    const again = await watchAlive(context, living?.kind === 'in' ? living.credential : copy, probe);
    return again.url === null
      ? null
      : eventReproduction(context, {
          does: 'Opens two sessions of the account, ends all in one of them, and uses the other.',
          credential: copy,
          gate: again.url,
          refresh,
          event: {
            kind: 'own',
            ends: {
              method: operation.method,
              url,
              operation,
              ...(operation.body === undefined ? {} : { body: { kind: 'json', value: {} } }),
            },
          },
        });
  };
  const trial: SessionTrial = {
    event,
    actor,
    credential: copy.kind === 'cookie' ? 'cookie' : 'bearer',
    residualSeconds,
    ...replay,
    operation: operation.id,
    exchanges: [...exchanges, ...replay.exchanges],
    reproduce: replay.verdict === 'alive' ? await reproduce() : null,
  };
  const refreshed = await refreshTrial(context, there.refresh, {
    event,
    actor,
    probe,
    exchanges,
    operation: operation.id,
    reproduce: (refresh) => reproduce(refresh),
  });
  return { trials: [trial, ...refreshed], notTested: [] };
}
