import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';

/** A canary in an answer, whatever its status. */
export interface Sighting {
  readonly ref: LedgerRef;
  readonly canary: string;
  readonly actor: ActorId;
  readonly exchange: ExchangeId;
  /** `body`, or `header location`. */
  readonly where: string;
  /** `raw`, `url`, `base64`, `hex`, `html`, `json`. */
  readonly encoding: string;
}

/** Looks for every planted canary in every byte that any actor receives. */
export interface LeakIndex {
  /** Canaries of this ledger entry are looked for from now on. */
  watch(ref: LedgerRef): void;
  /** Sightings by actors of other tenants, or of nobody, that had not sent the canary themselves. */
  readonly foreign: readonly Sighting[];
  /** Sightings of one exchange, foreign or not. */
  inExchange(exchange: ExchangeId): readonly Sighting[];
}
