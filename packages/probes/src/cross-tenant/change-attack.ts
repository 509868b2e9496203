import type { Actor, Operation } from '@launch-ready/core';
import type { Canary, LedgerRef } from '../ledger/ledger.ts';
import type { Call, Delivery } from './courier.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { OwnerView } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Controls } from './quiet-verdict.ts';

/** A request ready to change one object, and the marks by which its owner would notice. */
export interface PreparedChange {
  readonly call: Call;
  readonly values: SlotValues;
  readonly marks: readonly string[];
  readonly written: readonly Canary[];
  /** An object of the attacker's own that takes the change where the foreign one does not. */
  readonly otherwise?: LedgerRef;
}

/** One way to change, delete or act on foreign objects of a kind. */
export interface ChangeAttack {
  readonly operation: Operation;
  readonly action: 'update' | 'delete' | 'act';
  readonly slot: string;
  readonly attacker: Actor;
  /** Whether only an effect becomes a trial: for other spellings of an attack that has a trial of its own. */
  readonly silent?: boolean;
  /** The request against this object, with fresh marks each time; null when it cannot be made. */
  readonly prepare: (object: PlantedObject, view: OwnerView) => PreparedChange | null;
  readonly controls: () => Promise<Controls>;
}

export interface SentChange {
  readonly attack: ChangeAttack;
  readonly prepared: PreparedChange;
  readonly answer: Delivery;
}
