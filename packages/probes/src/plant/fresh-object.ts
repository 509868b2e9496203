import type { Canary, LedgerRef } from '../ledger/ledger.ts';
import type { Answer } from '../transport/transport.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { Call } from '../cross-tenant/courier.ts';
import type { PlantOrder } from './plant-order.ts';

/** An object that was just made, and of which the id is not known yet. */
export interface FreshObject {
  readonly order: PlantOrder;
  readonly exposureIsChoice: boolean;
  readonly answer: Answer;
  readonly call: Call;
  readonly ref: LedgerRef;
  readonly canaries: readonly Canary[];
  /** Values that the creating request was filled with. */
  readonly values: SlotValues;
}
