import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '@launch-ready/core';

/** Where exchanges are kept. What arrives here is redacted already. */
export interface Transcript {
  write(exchange: Exchange): void;
  close(): void;
}

/** Appends to `exchanges.jsonl` of a run folder; each line is handed to the system at once, so that a crash loses none. */
export function openTranscript(folder: string): Transcript {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'exchanges.jsonl'), 'a', 0o600);
  return {
    write: (exchange) => void writeSync(file, `${JSON.stringify(exchange)}\n`),
    close: () => closeSync(file),
  };
}
