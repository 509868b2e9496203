import { join } from 'node:path';
import type { InputKind } from '../inputs/discover-by.ts';
import type { BenchDatabase } from '../platform/bench-database.ts';

/** What all walks of one run share. */
export interface Bench {
  readonly database: BenchDatabase;
  /** Temporary folder of this run. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** What worlds are discovered from. */
  readonly input: InputKind;
  /** Tells what is going on, one line at a time. */
  say(line: string): void;
}

let reviews = 0;

/** A folder for one more review. */
export const nextFolder = (bench: Bench): string => join(bench.folder, `review-${(reviews += 1)}`);
