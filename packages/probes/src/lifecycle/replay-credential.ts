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

/** Ages of the event, in milliseconds, at which an old credential is used: at once, later, and late enough to outlast a cache. */
const agesMs = [0, 5000, 30_000] as const;
/** A credential that is refused from this age on has ended; caches and queues may take that long. */
export const graceMs = 5000;

/**
 * Uses an old credential at once, five and thirty seconds after an event, and stops at the first refusal. A refusal only
 * counts while another actor is still recognised, since a target that refuses everybody proves nothing.
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
  let refusedAt: number | null = null;
  for (const [index, age] of agesMs.entries()) {
    if (age > 0) await clock.sleep(age - (agesMs[index - 1] ?? 0));
    const seen = await sessions.isAlive(old, probe);
    if (seen.exchange !== null) exchanges.push(seen.exchange);
    if (seen.unsure !== null) {
      return {
        verdict: 'inconclusive',
        aliveAfterMs,
        because: `the old credential could not be tried: ${seen.unsure}`,
        exchanges,
      };
    }
    if (!seen.alive) {
      refusedAt = age;
      break;
    }
    aliveAfterMs = Math.round(clock.monotonic() - start);
  }
  if (refusedAt === null || refusedAt > graceMs) {
    const late =
      refusedAt === null
        ? ''
        : `, and was refused ${refusedAt / 1000} s after: something remembers it too long`;
    return {
      verdict: 'alive',
      aliveAfterMs,
      because: `the old credential still got what only a signed-in user gets${late}`,
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
      : 'the old credential was refused within five seconds';
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
