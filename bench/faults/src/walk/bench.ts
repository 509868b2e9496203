import { join } from 'node:path';
import type { BenchDatabase } from '../platform/bench-database.ts';

/** What all walks of one run share. */
export interface Bench {
  readonly database: BenchDatabase;
  /** Temporary folder of this run. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Tells what is going on, one line at a time. */
  say(line: string): void;
}

let reviews = 0;

/** A folder for one more review. */
export const nextFolder = (bench: Bench): string => join(bench.folder, `review-${(reviews += 1)}`);
