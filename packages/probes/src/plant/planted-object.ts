import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { Canary, LedgerRef } from '../ledger/ledger.ts';
import type { Call } from '../cross-tenant/courier.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { Exposure } from './private-choice.ts';
import type { Resource } from '../access/resource-graph.ts';

/** An object of ours in the application, with everything needed to ask for it again. */
export interface PlantedObject {
  readonly ref: LedgerRef;
  /** `harvested`: it was there before the run, and is only ever read. */
  readonly origin: 'planted' | 'harvested';
  readonly resource: Resource;
  readonly owner: ActorId;
  readonly tenant: string;
  readonly twin: 'victim' | 'control' | 'throwaway';
  readonly exposure: Exposure;
  /** Whether the application lets the creator choose who of the tenant sees it. */
  readonly exposureIsChoice: boolean;
  readonly id: string;
  /** JSON pointer of the id in the answer that made it; null when it was found elsewhere. */
  readonly idPointer: string | null;
  /** Values of the slots of operations on it: its own id, its parents' and its tenant's. */
  readonly values: SlotValues;
  readonly canaries: readonly Canary[];
  /** The request that made it, for reproductions. */
  readonly made: Call;
  readonly ownerReads: boolean;
  readonly exchanges: readonly ExchangeId[];
}

export type PlantResult =
  | { readonly kind: 'planted'; readonly object: PlantedObject }
  | {
      readonly kind: 'not-planted';
      readonly operation: string;
      readonly actor: ActorId;
      readonly because: string;
      readonly denied: boolean;
      /** Refused as a wrong request, and nothing was said of any field. */
      readonly mute?: boolean;
      readonly exchanges: readonly ExchangeId[];
    };
