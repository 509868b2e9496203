import type { Fault } from '../fault.ts';
import type { WorldFault } from '../worlds/world.ts';

/** What came of one fault: off, on, off. */
export interface WalkedFault {
  readonly fault: Fault | WorldFault;
  readonly found: boolean;
  /** Why it does not count as found. */
  readonly problems: readonly string[];
  /** Why the check does not prove the good state without the fault; null when it does. */
  readonly weakness: string | null;
  /** Of the review with the fault; the others are shared. */
  readonly seconds: number;
}

/** What came of the traps of one world. */
export interface WalkedWorld {
  readonly id: string;
  readonly traps: number;
  readonly alarms: readonly { readonly id: string; readonly saw: readonly string[] }[];
  readonly notMet: readonly { readonly id: string; readonly because: string }[];
  readonly seconds: number;
}
