import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Refresh } from '../session/sessions.ts';
import { replayRefresh } from './replay-refresh.ts';
import type { SessionTrial } from '../lifecycle/session-replay.ts';

/** What became of the refresh token of a login after an event; nothing when the login gave none. */
export async function refreshTrial(
  context: ProbeContext,
  refresh: Refresh | undefined,
  about: {
    readonly event: SessionTrial['event'];
    readonly actor: ActorId;
    readonly probe: string;
    readonly exchanges: readonly ExchangeId[];
    /** The finding's reproduction, made only when there is one. */
    readonly reproduce: (refresh: Refresh) => SessionTrial['reproduce'] | Promise<SessionTrial['reproduce']>;
    readonly operation?: string;
  },
): Promise<readonly SessionTrial[]> {
  if (refresh === undefined) return [];
  const { event, actor, probe, operation } = about;
  const replay = await replayRefresh(context, refresh, probe);
  return [
    {
      event,
      actor,
      credential: 'refresh',
      verdict: replay.verdict,
      aliveAfterMs: replay.aliveAfterMs,
      residualSeconds: null,
      because: replay.because,
      exchanges: [...about.exchanges, ...replay.exchanges],
      reproduce: replay.verdict === 'alive' ? await about.reproduce(refresh) : null,
      ...(operation === undefined ? {} : { operation }),
    },
  ];
}
