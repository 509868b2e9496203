import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';

export interface Replay {
  readonly verdict: 'ended' | 'alive' | 'inconclusive';
  /** Milliseconds since the event at which the credential was last seen to work; null when it never was. */
  readonly aliveAfterMs: number | null;
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

const laterMs = 2000;

/**
 * Uses an old credential at once and two seconds after an event. A refusal only counts while another actor is still
 * recognised, since a target that refuses everybody proves nothing.
 */
export async function replayCredential(
  context: ProbeContext,
  old: Credential,
  probe: string,
): Promise<Replay> {
  const { sessions, clock } = context;
  const start = clock.monotonic();
  const exchanges: ExchangeId[] = [];
  let aliveAfterMs: number | null = null;
  let alive = false;
  for (const wait of [0, laterMs]) {
    if (wait > 0) await clock.sleep(wait);
    const seen = await sessions.isAlive(old, probe);
    if (seen.exchange !== null) exchanges.push(seen.exchange);
    alive = seen.alive;
    if (seen.unsure !== null) {
      return {
        verdict: 'inconclusive',
        aliveAfterMs,
        because: `the old credential could not be tried: ${seen.unsure}`,
        exchanges,
      };
    }
    if (alive) aliveAfterMs = Math.round(clock.monotonic() - start);
  }
  if (alive) {
    return {
      verdict: 'alive',
      aliveAfterMs,
      because: 'the old credential still got what only a signed-in user gets',
      exchanges,
    };
  }
  const others = await othersAlive(context, old, probe);
  if (others !== true) {
    return {
      verdict: 'inconclusive',
      aliveAfterMs,
      because:
        others === null
          ? 'there is no other actor to tell an ended session from a target that refuses everybody'
          : 'at that moment no other actor was recognised either',
      exchanges,
    };
  }
  const because =
    aliveAfterMs === null
      ? 'the old credential was refused at once'
      : 'the old credential was refused within two seconds';
  return { verdict: 'ended', aliveAfterMs, because, exchanges };
}

/** Whether some other actor is recognised now; null when there is none. */
async function othersAlive(
  { sessions }: ProbeContext,
  old: Credential,
  probe: string,
): Promise<boolean | null> {
  const others = sessions.actors.filter((actor) => actor.id !== old.actor).slice(0, 2);
  if (others.length === 0) return null;
  for (const other of others) {
    if ((await sessions.isAlive(sessions.current(other.id), probe)).alive) return true;
  }
  return false;
}
