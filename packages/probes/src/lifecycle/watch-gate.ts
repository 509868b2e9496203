import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { graceMs, type Replay } from './replay-credential.ts';
import type { TenantGate } from './tenant-gate.ts';

const agesMs = [0, 5000, 30_000] as const;

/** Tries an old credential at a gate at once, five and thirty seconds after an event, and stops at the first refusal. */
export async function watchGate(
  { clock }: Pick<ProbeContext, 'clock'>,
  gate: TenantGate,
  old: Credential,
): Promise<Replay> {
  const start = clock.monotonic();
  const exchanges: ExchangeId[] = [];
  let aliveAfterMs: number | null = null;
  for (const [index, age] of agesMs.entries()) {
    if (age > 0) await clock.sleep(age - (agesMs[index - 1] ?? 0));
    const seen = await gate.opens(old);
    exchanges.push(...seen.exchanges);
    if (seen.open === null)
      return {
        verdict: 'inconclusive',
        aliveAfterMs,
        because: `${gate.operation.id} gave no answer that decides`,
        exchanges,
      };
    if (!seen.open) {
      const late = age > graceMs;
      const because = `${gate.operation.id} was refused to the old session ${age === 0 ? 'at once' : `${age / 1000} s after`}`;
      return {
        verdict: late ? 'alive' : 'ended',
        aliveAfterMs,
        because: late ? `${because}, and served until then` : because,
        exchanges,
      };
    }
    aliveAfterMs = Math.round(clock.monotonic() - start);
  }
  return {
    verdict: 'alive',
    aliveAfterMs,
    because: `${gate.operation.id} still served the old session`,
    exchanges,
  };
}
