import type { Operation } from '@launch-ready/core';
import type { SlotValues } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Referent } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** One way of putting foreign values into the slots of an operation. */
export interface SwapVariant {
  /** `path:post`, `path:org+post`, `header:x-org-id`, `query:orgId`. */
  readonly slot: string;
  readonly values: SlotValues;
}

/** Values of the attacker's own side: those of its own object, then what names its tenant. */
export function ownSide(
  workshop: Workshop,
  operation: Operation,
  own: PlantedObject | null,
  tenant: string,
): Map<Referent, string> {
  return new Map([...workshop.scopeValues(operation, tenant), ...(own?.values ?? [])]);
}

/**
 * Swaps of an operation on a foreign object: the object below the attacker's own parents first, then the whole foreign
 * path, then the foreign parents below the own tenant, then foreign tenant headers one at a time.
 */
export function objectSwaps(
  workshop: Workshop,
  operation: Operation,
  victim: PlantedObject,
  own: PlantedObject | null,
  tenant: string,
): readonly SwapVariant[] {
  const bound = workshop.graph.boundSlots(operation).filter((slot) => slot.required);
  const ofKind = bound.filter((slot) => slot.referent === victim.resource.referent);
  const objectSlot = ofKind.find((slot) => slot.in === 'path') ?? ofKind.find((slot) => slot.in !== 'header');
  const others = bound.filter((slot) => slot !== objectSlot);
  const name = objectSlot?.name ?? 'id';
  const place = objectSlot?.in ?? 'path';
  const ownValues = ownSide(workshop, operation, own, tenant);
  const swaps: SwapVariant[] = [];
  const missing = others.some((slot) => !ownValues.has(slot.referent));
  if (!missing) {
    swaps.push({
      slot: `${place}:${place === 'body' ? '/' : ''}${name}`,
      values: new Map([...ownValues, [victim.resource.referent, victim.id]]),
    });
  }
  const differ = others.filter((slot) => ownValues.get(slot.referent) !== victim.values.get(slot.referent));
  if (missing || differ.length > 0) {
    const names = bound.filter((slot) => slot.in === 'path').map((slot) => slot.name);
    swaps.push({ slot: `path:${names.join('+')}`, values: victim.values });
  }
  // The tenant is often checked by its name in the path alone, and everything below it by the ids of its parents.
  const below = differ.filter((slot) => slot.referent.startsWith('resource '));
  if (!missing && below.length > 0 && below.length < differ.length) {
    const values = new Map([...ownValues, [victim.resource.referent, victim.id] as const]);
    for (const { referent } of below) {
      const value = victim.values.get(referent);
      if (value !== undefined) values.set(referent, value);
    }
    swaps.push({ slot: `path:${[...below.map((slot) => slot.name), name].join('+')}`, values });
  }
  for (const header of differ.filter((slot) => slot.in === 'header')) {
    const value = victim.values.get(header.referent);
    if (value === undefined || differ.length < 2) continue;
    const values = new Map([
      ...ownValues,
      [victim.resource.referent, victim.id] as const,
      [header.referent, value] as const,
    ]);
    swaps.push({ slot: `header:${header.name}`, values });
  }
  return swaps;
}
