import type { Account } from '../traps/store.ts';
import type { Trap } from '../traps/trap.ts';

/** A server of traps with the accounts that a review signs in as. */
export interface TrapWorld {
  readonly id: string;
  readonly accounts: readonly Account[];
  /** Traps that lie in its routes and in the way it signs people in. */
  readonly traps: readonly Trap[];
  start(): Promise<{ readonly origin: string; close(): Promise<void> }>;
  /** Parts of the target file that differ from what every world has. */
  readonly target?: Readonly<Record<string, unknown>>;
}
