import type { Expectation } from '../fault.ts';
import type { Account } from '../traps/store.ts';
import type { Trap } from '../traps/trap.ts';
import type { Journey } from './journey.ts';

/** A way to break a world that a review must find, and the only thing it may find then. Its id is the switch. */
export interface WorldFault {
  readonly id: string;
  /** The requirement that it breaks, such as `SC-AUTHZ`. */
  readonly family: string;
  readonly title: string;
  readonly expects: Expectation;
  /** Findings of other checks, or in other places, that see the very same hole and cannot be avoided; each says why. */
  readonly alsoExpects?: readonly (Expectation & { readonly because: string })[];
}

/** Whether a fault is switched on. */
export type IsOn = (fault: string) => boolean;

/** An account of a world, and what a target file says of it besides the name and password. */
export interface WorldAccount extends Account {
  /** Replaces or adds to the fields of its login in the target file, such as `{ url: '/sign-in', format: 'form' }`. */
  readonly login?: Readonly<Record<string, unknown>>;
}

/** What one start of a world may use. */
export interface WorldPlace {
  /** An empty folder of this start alone, for mails or anything else that the server writes. */
  readonly folder: string;
}

/** A world that runs. */
export interface RunningWorld {
  readonly origin: string;
  close(): Promise<void>;
  /** Fields of the target file that are known only now, such as `{ mail: { folder, domain } }`. */
  readonly target?: Readonly<Record<string, unknown>>;
  /** Environment for `{ env: NAME }` in those fields. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A small real application of two tenants. Without switches it is strictly isolated and nothing may be found in it, though
 * its traps look guilty; with the id of one of its faults as a switch it has that fault.
 */
export interface World {
  readonly id: string;
  readonly framework: 'fastify' | 'express' | 'hono' | 'next';
  /** Accounts that a review signs in as; the role `throwaway` is for accounts that tests may lock out or change. */
  readonly accounts: readonly WorldAccount[];
  /** Traps that lie in its routes and in the way it signs people in. */
  readonly traps: readonly Trap[];
  readonly faults: readonly WorldFault[];
  /** Starts it afresh, without any data of earlier starts. Several may run at the same time. */
  start(switches: ReadonlySet<string>, place: WorldPlace): Promise<RunningWorld>;
  /** Parts of the target file that differ from what every world has. */
  readonly target?: Readonly<Record<string, unknown>>;
  /** What people do in it; only then can it be discovered from a recording. Needs the switch `without-document`. */
  readonly journey?: Journey;
  /** Roles that may call operations which are not for all, where no document says so. */
  readonly permissions?: Readonly<Record<string, readonly string[]>>;
  /** Folder of its source; only then can it be discovered from that. Needs the switch `without-document`. */
  readonly sources?: string;
}
