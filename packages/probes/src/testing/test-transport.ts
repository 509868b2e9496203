import type { Exchange, RunMode } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import { createLedger } from '../ledger/create-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { systemClock } from '../system-clock.ts';
import type { Target } from '../target/target.ts';
import { createTransport } from '../transport/http-transport.ts';

import type { TransportRedactor } from '../transport/redactor.ts';
import type { Transport } from '../transport/transport.ts';

export interface TestTransport {
  readonly transport: Transport;
  readonly ledger: Ledger;
  /** What went to the transcript. */
  readonly exchanges: readonly Exchange[];
  /** Milliseconds that were waited for, when the clock is the skipping one. */
  readonly slept: readonly number[];
  readonly clock: Clock;
}

/** The real transport with a transcript in memory and a clock whose waits pass at once, for tests. */
export function testTransport(
  target: Target,
  options: {
    readonly signal?: AbortSignal;
    readonly mode?: RunMode;
    readonly redactor?: TransportRedactor;
    /** Milliseconds of a clock that the test moves. */
    readonly monotonic?: Clock['monotonic'];
  } = {},
): TestTransport {
  const ledger = createLedger({ journal: null });
  const exchanges: Exchange[] = [];
  const slept: number[] = [];
  const clock: Clock = {
    ...systemClock,
    ...(options.monotonic ? { monotonic: options.monotonic } : {}),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  };
  const unchanged: TransportRedactor = {
    addSecret: () => {},
    text: (value) => value,
    headers: (list) => list,
  };
  const transport = createTransport({
    target,
    ledger,
    mode: options.mode ?? 'full',
    clock,
    redactor: options.redactor ?? unchanged,
    transcript: { write: (exchange) => void exchanges.push(exchange), close: () => {} },
    runId: 'test',
    version: '0.0.0',
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { transport, ledger, exchanges, slept, clock };
}
