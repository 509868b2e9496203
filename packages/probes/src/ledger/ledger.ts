import type { ActorId, HeaderList, Leftover } from '@launch-ready/core';

/** `o7`: one object that we created or are about to create. */
export type LedgerRef = `o${number}`;

/** A unique marker in an object of ours. */
export interface Canary {
  readonly value: string;
  /** JSON pointer of the field it went into, such as `/title`. */
  readonly pointer: string;
}

export type LedgerState = 'intended' | 'created' | 'not-created' | 'cleaned' | 'leftover' | 'found';

export interface LedgerEntry {
  readonly ref: LedgerRef;
  /** Id of the operation that creates it. */
  readonly operation: string;
  readonly actor: ActorId;
  readonly tenant: string;
  /** Kind of object, such as `posts`. */
  readonly type: string;
  readonly twin: 'victim' | 'control' | 'throwaway';
  readonly canaries: readonly Canary[];
  /** Values for the path slots of operations on this object, by slot name, with those of its parents. */
  readonly slots: Readonly<Record<string, string>>;
  /** Its own id as the application names it; null until it is known. */
  readonly objectId: string | null;
  /** URL that its owner can read it at, and that deletes it; null when there is none. */
  readonly readUrl: string | null;
  readonly deleteUrl: string | null;
  /** URL of a list in which it can be found by its canary. */
  readonly listUrl: string | null;
  /** What requests to it carry beside a credential, such as the header that names the tenant; absent when nothing is known. */
  readonly headers?: HeaderList;
  readonly state: LedgerState;
}

export type NewLedgerEntry = Omit<LedgerEntry, 'ref' | 'state' | 'objectId'>;

/** What we created. Every change is appended to the run's journal before it is acted on, so that a crash loses nothing. */
export interface Ledger {
  /** Writes the intention to the journal; call it before the creating request is sent. */
  intend(entry: NewLedgerEntry): LedgerRef;
  /**
   * Names an object that was there before the run, so that sightings of it can be spoken of. It is never written to the journal,
   * has no id that the guard would let a change name, and is never removed.
   */
  found(object: Pick<LedgerEntry, 'operation' | 'actor' | 'tenant' | 'type' | 'twin'>): LedgerRef;
  /** The creating request was answered and the object exists. */
  created(
    ref: LedgerRef,
    object: Partial<
      Pick<LedgerEntry, 'slots' | 'readUrl' | 'deleteUrl' | 'listUrl' | 'canaries' | 'headers'>
    > & {
      readonly objectId: string;
    },
  ): void;
  /** The creating request was refused and nothing came to be. */
  notCreated(ref: LedgerRef): void;
  cleaned(ref: LedgerRef): void;
  leftover(ref: LedgerRef, because: string): void;
  entry(ref: LedgerRef): LedgerEntry;
  readonly entries: readonly LedgerEntry[];
  readonly leftovers: readonly Leftover[];
  /** The object with this id, if it is one of ours. */
  findByObjectId(objectId: string): LedgerEntry | null;
  /** Ids that may stand in a changing request without being an object of ours: tenants of the target file, made-up ids. */
  allowScope(value: string): void;
  isAllowedScope(value: string): boolean;
}
