import type { Subject } from '@launch-ready/core';

/** One text of one file of the platform, replaced. */
export interface Edit {
  /** Path below `apps/platform`. */
  readonly file: string;
  /** Must occur exactly once, so that a changed platform is noticed instead of a fault that does nothing. */
  readonly find: string;
  readonly replace: string;
}

/** The parts of a finding's subject that must be as given; what is not named may be anything. */
type Place = Readonly<Partial<Omit<Record<keyof Subject, string>, 'host'>>>;

/** A finding that must be there. */
export interface Expectation {
  readonly check: string;
  readonly place: Place;
}

/** A change to a copy of the platform that a review must find, and the only thing it may find. */
export interface Fault {
  readonly id: string;
  /** The requirement that it breaks, such as `SC-AUTHZ`. */
  readonly family: string;
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Environment of the copy that replaces what the bench would set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly expects: Expectation;
  /** Findings of other checks, or in other places, that see the very same hole and cannot be avoided; each says why. */
  readonly alsoExpects?: readonly (Expectation & { readonly because: string })[];
}
