import type { Clock } from '../clock.ts';

/** Lets requests pass at a rate and with so many at once at most. */
export interface RateGate {
  /** Waits for a turn; the returned function ends it. */
  enter(): Promise<() => void>;
  /** Waits until earlier requests are paid for, and takes the turns of so many at once, which count to no concurrency. */
  enterTogether(count: number): Promise<void>;
}

/** Token bucket that holds one second's worth of requests, beside a count of requests under way. */
export function createRateGate(
  options: { readonly requestsPerSecond: number; readonly concurrency: number },
  clock: Clock,
): RateGate {
  const capacity = Math.max(1, options.requestsPerSecond);
  let tokens = capacity;
  let filledAt = clock.monotonic();
  let underWay = 0;
  const waiting: (() => void)[] = [];

  const leave = (): void => {
    underWay -= 1;
    waiting.shift()?.();
  };
  const refill = (): void => {
    const now = clock.monotonic();
    tokens = Math.min(capacity, tokens + ((now - filledAt) / 1000) * options.requestsPerSecond);
    filledAt = now;
  };
  return {
    enterTogether: async (count) => {
      refill();
      const debt = Math.max(0, -tokens);
      tokens -= count;
      if (debt > 0) await clock.sleep((debt / options.requestsPerSecond) * 1000);
    },
    enter: async () => {
      while (underWay >= options.concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
      underWay += 1;
      refill();
      // Debt keeps the order: each request waits for the token it has already taken.
      tokens -= 1;
      if (tokens < 0) await clock.sleep((-tokens / options.requestsPerSecond) * 1000);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        leave();
      };
    },
  };
}
