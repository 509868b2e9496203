import type { ExchangeId } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import { announcedWait } from './announced-wait.ts';

/** What became of wrong passwords in a row. */
export interface Series {
  readonly attempts: number;
  readonly seconds: number;
  /** Attempts that were let through before the first that was not; null when all were. */
  readonly limitedAfter: number | null;
  readonly limitedBy: '429' | 'other-status' | null;
  readonly retryAfterSeconds: number | null;
  /** Why the series says nothing; null when it does. */
  readonly broken: string | null;
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/**
 * Sends guesses until they are limited: by 429, or by two answers in a row whose status is another than that of the first
 * wrong password. The status of a lock-out differs between applications.
 */
export async function guessSeries(
  clock: Clock,
  most: number,
  guess: (attempt: number) => Promise<SendResult>,
  earlier: { readonly wrongStatus: number | null } = { wrongStatus: null },
): Promise<Series & { readonly wrongStatus: number | null }> {
  const start = clock.monotonic();
  const exchanges: ExchangeId[] = [];
  let { wrongStatus } = earlier;
  let different: Answer | null = null;
  let attempts = 0;
  const end = (
    part: Pick<Series, 'limitedAfter' | 'limitedBy' | 'retryAfterSeconds' | 'broken' | 'because'>,
  ): Series & { readonly wrongStatus: number | null } => ({
    attempts,
    seconds: (clock.monotonic() - start) / 1000,
    ...part,
    // The first and the last exchanges tell the story.
    exchanges: exchanges.length > 6 ? [...exchanges.slice(0, 2), ...exchanges.slice(-4)] : exchanges,
    wrongStatus,
  });
  const nothing = { limitedAfter: null, limitedBy: null, retryAfterSeconds: null } as const;

  while (attempts < most) {
    const result = await guess(attempts);
    attempts += 1;
    exchanges.push(result.exchange);
    if (result.kind === 'no-answer')
      return end({
        ...nothing,
        broken: `attempt ${attempts} got no answer: ${result.because}`,
        because: result.because,
      });
    const { status } = result;
    if (status === 429) {
      const wait = announcedWait(result, clock.now());
      const says = wait === null ? 'without saying for how long' : `with a wait of ${Math.ceil(wait)} s`;
      return end({
        limitedAfter: attempts - 1,
        limitedBy: '429',
        retryAfterSeconds: wait,
        broken: null,
        because: `attempt ${attempts} was answered with 429 ${says}`,
      });
    }
    if (status >= 500 && status !== 503)
      return end({
        ...nothing,
        broken: `attempt ${attempts} was answered with ${status}`,
        because: `status ${status}`,
      });
    if (wrongStatus === null) {
      wrongStatus = status;
      continue;
    }
    if (status === wrongStatus) {
      different = null;
      continue;
    }
    if (different?.status === status) {
      const wait = announcedWait(result, clock.now());
      return end({
        limitedAfter: attempts - 2,
        limitedBy: 'other-status',
        retryAfterSeconds: wait,
        broken: null,
        because: `from attempt ${attempts - 1} on the answer was ${status} instead of ${wrongStatus}`,
      });
    }
    different = result;
  }
  return end({
    ...nothing,
    broken: null,
    because: `all ${attempts} wrong passwords were answered with ${wrongStatus ?? 'nothing'}`,
  });
}
