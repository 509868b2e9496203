import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';

type Route = EvidenceMap['rateLimits']['routes'][number];

/** Longest wait that is waited for, in seconds. */
export const longestWait = 65;

/** Waits as long as a limit announces, at most about a minute, and tries the right password. */
export async function recover(
  context: ProbeContext,
  announced: number | null,
  right: () => Promise<{
    readonly works: boolean;
    readonly exchange: ExchangeId;
    /** Announced in the answer, in seconds. */
    readonly wait: number | null;
  }>,
): Promise<{
  readonly recovers: Route['recovers'];
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}> {
  if (announced !== null && announced > longestWait) {
    return {
      recovers: 'not-waited',
      because: `the announced wait of ${Math.ceil(announced)} s was not waited for`,
      exchanges: [],
    };
  }
  const exchanges: ExchangeId[] = [];
  let wait = announced;
  // What was sent since the limit spoke counts as well; what it says to the right password is said about nothing else.
  for (let round = 1; ; round += 1) {
    const seconds = Math.ceil(wait ?? 60) + 1;
    context.progress(`waiting ${seconds} s for the login limit to end`);
    await context.clock.sleep(seconds * 1000);
    const after = await right();
    exchanges.push(after.exchange);
    if (after.works)
      return { recovers: 'yes', because: `the right password worked ${seconds} s later`, exchanges };
    if (round === 1 && after.wait !== null && after.wait <= longestWait) {
      ({ wait } = after);
      continue;
    }
    if (wait === null)
      return {
        recovers: 'not-waited',
        because: `the right password was still refused ${seconds} s later, and no wait is announced`,
        exchanges,
      };
    return {
      recovers: 'no',
      because: `the right password was still refused after the announced wait of ${Math.ceil(wait)} s`,
      exchanges,
    };
  }
}
