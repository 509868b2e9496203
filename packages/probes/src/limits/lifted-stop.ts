import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { SendResult } from '../transport/transport.ts';
import { announcedWait } from './announced-wait.ts';

type Verdict = NonNullable<EvidenceMap['rateLimits']['evasions']>[number]['verdict'];

export interface LiftedStop {
  readonly verdict: Verdict;
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** The order of plain guesses and of guesses with the variant. */
export const proofOrders = {
  /**
   * Neither a count that ran out, nor a window that reopens step by step, lets through exactly the ones with the variant: one and
   * two of them in a row, with one and two plain ones between them that are stopped.
   */
  full: ['plain', 'variant', 'plain', 'plain', 'variant', 'variant', 'plain', 'plain', 'variant', 'plain'],
  /** For a variant that has a count of its own, which must not run full. */
  sparing: ['plain', 'plain', 'variant', 'plain', 'plain', 'variant', 'plain'],
} as const satisfies Readonly<Record<string, readonly ('plain' | 'variant')[]>>;

/**
 * Whether a variant lifts a stop that is on: every plain guess is stopped, every one with the variant is let through, and each of
 * those well before the wait is over that the stop before it announced, since a limit that ended by itself was not got around.
 */
export async function liftedStop(
  clock: Clock,
  order: readonly ('plain' | 'variant')[],
  guesses: {
    plain(): Promise<SendResult>;
    variant(): Promise<SendResult>;
    isStopped(result: SendResult): boolean | null;
  },
): Promise<LiftedStop> {
  const exchanges: ExchangeId[] = [];
  let lifted = 0;
  /** When the last stop was asked for, and what it announced; in milliseconds. */
  let stop: { readonly at: number; readonly wait: number | null } | null = null;
  for (const kind of order) {
    const end = (verdict: Verdict, because: string): LiftedStop => ({ verdict, because, exchanges });
    const at = clock.monotonic();
    const result = await guesses[kind]();
    exchanges.push(result.exchange);
    const stopped = guesses.isStopped(result);
    if (stopped === null) return end('inconclusive', 'the answer told nothing');
    if (kind === 'plain') {
      if (!stopped)
        return end('inconclusive', `the limit had ended ${lifted === 0 ? 'by then' : 'meanwhile'}`);
      const wait = result.kind === 'answer' ? announcedWait(result, clock.now()) : null;
      stop = { at, wait: wait === null ? null : wait * 1000 };
      continue;
    }
    if (stopped)
      return lifted === 0
        ? end('held', 'it was stopped all the same')
        : end('inconclusive', 'it was let through before, then stopped all the same');
    // Waits are announced in whole seconds, rounded up: half of it is what can be relied on.
    if (stop !== null && stop.wait !== null && clock.monotonic() - stop.at >= stop.wait / 2)
      return end('inconclusive', 'the wait that the limit announced may have been over by then');
    lifted += 1;
  }
  return {
    verdict: 'evaded',
    because: `let through ${lifted} times, while the same without it was stopped before, between and after`,
    exchanges,
  };
}
