import { join } from 'node:path';
import type { InputKind } from '../inputs/discover-by.ts';
import type { BenchDatabase } from '../platform/bench-database.ts';

/** What all reviews of one process share. */
export interface Bench {
  /** Opened at the first call: worlds need none. */
  database(): Promise<BenchDatabase>;
  /** Temporary folder of this process. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** What worlds are discovered from. */
  readonly input: InputKind;
}

let reviews = 0;

/** A folder for one more review. */
export const nextFolder = (bench: Bench): string => join(bench.folder, `review-${(reviews += 1)}`);
