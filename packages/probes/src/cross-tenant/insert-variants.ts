import type { Operation } from '@launch-ready/core';
import { bodyReferences } from '../plant/body-references.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { Front, Stage } from './front.ts';
import { ownSide } from './swap-variants.ts';

/** One way to create an object below a foreign parent. */
export interface InsertVariant {
  readonly slot: string;
  /** Values of the path. */
  readonly path: SlotValues;
  /** Values that fields of the body refer to. */
  readonly body: SlotValues;
  /** Fields of the body that hold foreign values, whether the document knows them or not. */
  readonly inject?: Readonly<Record<string, unknown>>;
  /** Writes the body in another way; null when it cannot be written so. */
  readonly spell?: (body: OutgoingBody) => OutgoingBody | null;
}

/**
 * The ways to put an object of the attacker below what belongs to the victim: by one slot of the path, by the path as a
 * whole, by a field of the body.
 */
export function insertVariants(
  { workshop, attackerTenant }: Front,
  { victim, own }: Stage,
  create: Operation,
): readonly InsertVariant[] {
  const parents = new Map([...victim.values].filter(([referent]) => referent !== victim.resource.referent));
  const home = new Map(
    [...ownSide(workshop, create, own, attackerTenant)].filter(
      ([referent]) => referent !== victim.resource.referent,
    ),
  );
  const bound = workshop.graph.boundSlots(create).filter((slot) => slot.required);
  const differ = bound.filter((slot) => home.get(slot.referent) !== parents.get(slot.referent));
  const variants: InsertVariant[] = [];
  const [first] = differ;
  if (first && differ.length > 1) {
    // The nearest parent is the one that an object then lies below; a foreign one above an own one changes nothing.
    for (const slot of differ.filter((one) => one.referent.startsWith('resource ')).slice(-1)) {
      const value = parents.get(slot.referent);
      if (value === undefined || bound.some((one) => one !== slot && !home.has(one.referent))) continue;
      const path = new Map([...home, [slot.referent, value]]);
      variants.push({ slot: `${slot.in}:${slot.name}`, path, body: path });
    }
    const below = differ.filter((one) => one.referent.startsWith('resource '));
    const known = below.every((slot) => parents.has(slot.referent));
    if (known && below.length > 1 && below.length < differ.length) {
      const path = new Map([
        ...home,
        ...below.map((slot) => [slot.referent, parents.get(slot.referent) ?? ''] as const),
      ]);
      variants.push({ slot: `path:${below.map(({ name }) => name).join('+')}`, path, body: path });
    }
  }
  if (first)
    variants.push({ slot: `path:${bound.map((slot) => slot.name).join('+')}`, path: parents, body: parents });
  for (const { pointer, referent } of bodyReferences(create, workshop.graph)) {
    const value = parents.get(referent);
    if (value === undefined || value === home.get(referent)) continue;
    variants.push({ slot: `body:${pointer}`, path: home, body: new Map([...home, [referent, value]]) });
  }
  return variants;
}
