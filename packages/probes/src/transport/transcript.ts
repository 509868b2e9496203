import { closeSync, existsSync, mkdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '@launch-ready/core';
import { openLines } from '../open-lines.ts';

/** Where exchanges are kept. What arrives here is redacted already. */
export interface Transcript {
  write(exchange: Exchange): void;
  close(): void;
}

/** Appends to `exchanges.jsonl` of a run folder; each line is handed to the system at once, so that a crash loses none. */
export function openTranscript(folder: string): Transcript {
  mkdirSync(folder, { recursive: true });
  const file = openLines(join(folder, 'exchanges.jsonl'));
  return {
    write: (exchange) => void writeSync(file, `${JSON.stringify(exchange)}\n`),
    close: () => closeSync(file),
  };
}

/** Number of the next exchange of a run folder, for a later command that appends to its transcript. */
export function nextExchangeNumber(folder: string): number {
  const path = join(folder, 'exchanges.jsonl');
  const ids = existsSync(path) ? [...readFileSync(path, 'utf8').matchAll(/^\{"id":"x(\d+)"/gm)] : [];
  return 1 + ids.reduce((last, match) => Math.max(last, Number(match[1])), 0);
}
