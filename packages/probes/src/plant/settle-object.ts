import type { ExchangeId, Operation } from '@launch-ready/core';
import type { SlotValues } from '../access/call-shape.ts';
import type { Courier } from '../cross-tenant/courier.ts';
import { enterCreated } from '../cross-tenant/enter-created.ts';
import { findNewIds } from './find-new-ids.ts';
import type { FreshObject } from './fresh-object.ts';
import { jsonScalars } from './json-scalars.ts';
import { ownerReads } from '../cross-tenant/owner-reads.ts';
import type { PlantedObject, PlantResult } from './planted-object.ts';
import type { Workshop } from './workshop.ts';

/**
 * Finds the new object's id, enters it into the ledger, and lets its owner read the canary back.
 *
 * @param before exchanges that led to the object
 */
export async function settleObject(
  workshop: Workshop,
  courier: Courier,
  fresh: FreshObject,
  before: readonly ExchangeId[],
): Promise<PlantResult> {
  const { resource, actor, tenant, twin, exposure = 'shared' } = fresh.order;
  const item = resource.read ?? resource.updates[0] ?? resource.remove;
  const found = await findNewIds(workshop, courier, fresh, item);
  const chosen =
    chosenLikeTwin(workshop, fresh, found.ids[0], item) ??
    (await chooseId(workshop, courier, fresh, found.ids, item));
  const exchanges = [...before, ...found.exchanges, ...(chosen?.exchanges ?? [])];
  if (!chosen) {
    workshop.context.ledger.leftover(fresh.ref, 'it was made, but its id is nowhere to be found');
    return {
      kind: 'not-planted',
      operation: fresh.call.operation.id,
      actor,
      because: 'one was made, but its id is nowhere to be found',
      denied: false,
      exchanges,
    };
  }
  const object: PlantedObject = {
    ref: fresh.ref,
    origin: 'planted',
    resource,
    owner: actor,
    tenant,
    twin,
    exposure,
    exposureIsChoice: fresh.exposureIsChoice,
    id: chosen.id,
    idPointer:
      jsonScalars(fresh.answer.json()).find(({ value }) => String(value) === chosen.id)?.pointer ?? null,
    values: chosen.values,
    canaries: fresh.canaries,
    made: fresh.call,
    ownerReads: chosen.reads,
    exchanges,
  };
  workshop.objects.push(object);
  return { kind: 'planted', object };
}

interface ChosenId {
  readonly id: string;
  readonly values: SlotValues;
  readonly reads: boolean;
  readonly exchanges: readonly ExchangeId[];
}

/**
 * The id of a control twin that stands where the id of its victim stood, under which the owner found that one: it is not looked
 * for, since whoever attacks it looks at it before and after. Null when there is no such victim.
 */
function chosenLikeTwin(
  workshop: Workshop,
  fresh: FreshObject,
  id: string | undefined,
  item: Operation | null,
): ChosenId | null {
  const { resource, actor, tenant, twin, exposure = 'shared' } = fresh.order;
  if (twin !== 'control' || id === undefined || resource.read === null) return null;
  const victim = workshop.objects.find(
    (one) =>
      one.resource === resource &&
      one.tenant === tenant &&
      one.owner === actor &&
      one.twin === 'victim' &&
      one.exposure === exposure,
  );
  const place = victim?.ownerReads === true ? victim.idPointer : null;
  const stands = jsonScalars(fresh.answer.json()).some(
    ({ pointer, value }) => pointer === place && String(value) === id,
  );
  return stands ? { id, values: enterCreated(workshop, fresh, id, item), reads: true, exchanges: [] } : null;
}

/** The first of the ids under which the owner finds its canary, or else the likeliest; null when there is none. */
async function chooseId(
  workshop: Workshop,
  courier: Courier,
  fresh: FreshObject,
  ids: readonly string[],
  item: Operation | null,
): Promise<ChosenId | null> {
  const exchanges: ExchangeId[] = [];
  for (const id of ids.slice(0, 3)) {
    const values = enterCreated(workshop, fresh, id, item);
    const reads = await ownerReads(workshop, courier, fresh, values);
    exchanges.push(...reads.exchanges);
    if (reads.seen) return { id, values, reads: true, exchanges };
  }
  const [first] = ids;
  if (first === undefined) return null;
  return { id: first, values: enterCreated(workshop, fresh, first, item), reads: false, exchanges };
}
