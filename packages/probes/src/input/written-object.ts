import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, noEffect, type Courier } from '../cross-tenant/courier.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { objectIdsByMarker, objectIdsIn } from '../access/object-ids.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { Answer } from '../transport/transport.ts';

/** What a creating request that may have been refused has left behind. */
export interface Written {
  /** `yes`: its owner sees it; `no`: a list that would show it does not; `unknown`: there is nothing to see it by. */
  readonly exists: 'yes' | 'no' | 'unknown';
  /** The object as its owner reads it. */
  readonly json: unknown;
  readonly exchanges: readonly ExchangeId[];
}

/** The maker of requests like one that worked: same place, same owner. */
export interface Sample {
  readonly object: PlantedObject;
  readonly create: Operation;
}

/** Writes down a creation that is about to be tried. */
export function intendLike(
  workshop: Workshop,
  { object, create }: Sample,
  canaries: PlantedObject['canaries'],
): LedgerRef {
  const { ledger, leaks } = workshop.context;
  const filled = fillCall(create, workshop.graph.boundSlots(create), object.values);
  const ref = ledger.intend({
    operation: create.id,
    actor: object.owner,
    tenant: object.tenant,
    type: object.resource.type,
    twin: 'throwaway',
    canaries,
    slots: filled.kind === 'filled' ? filled.slots : {},
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  leaks.watch(ref);
  return ref;
}

/** Looks for what a creating request made, as its owner, and enters it into the ledger so that it is cleaned up. */
export async function settleWritten(
  workshop: Workshop,
  courier: Courier,
  sample: Sample,
  made: { readonly ref: LedgerRef; readonly answer: Answer; readonly marker: string | null },
): Promise<Written> {
  const { resource, owner } = sample.object;
  const success = made.answer.status >= 200 && made.answer.status < 400;
  const [id] = success ? objectIdsIn(made.answer, resource.type, itemSlot(workshop, resource)) : [];
  if (id !== undefined) {
    const values = enter(workshop, sample, made.ref, id);
    const own = await read(workshop, courier, resource, owner, values);
    if (own.json !== undefined) return { exists: 'yes', ...own };
    // An id in an answer proves nothing by itself.
    const found = made.marker === null ? null : await inList(workshop, courier, sample, made.marker);
    const exchanges = [...own.exchanges, ...(found?.exchanges ?? [])];
    if (found === null) return { exists: 'unknown', json: undefined, exchanges };
    return { exists: found.id === null ? 'no' : 'yes', json: found.item, exchanges };
  }
  const listed = made.marker === null ? null : await inList(workshop, courier, sample, made.marker);
  if (listed === null) {
    if (success)
      workshop.context.ledger.leftover(made.ref, 'its creation was answered with a success that names no id');
    else workshop.context.ledger.notCreated(made.ref);
    return { exists: success ? 'unknown' : 'no', json: undefined, exchanges: [] };
  }
  if (listed.id === null) {
    workshop.context.ledger.notCreated(made.ref);
    return { exists: 'no', json: undefined, exchanges: listed.exchanges };
  }
  const values = enter(workshop, sample, made.ref, listed.id);
  const again = await read(workshop, courier, resource, owner, values);
  return {
    exists: 'yes',
    json: again.json ?? listed.item,
    exchanges: [...listed.exchanges, ...again.exchanges],
  };
}

/** Enters what an answer says that it made, without looking for it; refused ones are struck out. */
export function noteMade(workshop: Workshop, sample: Sample, ref: LedgerRef, answer: Answer): void {
  const { ledger } = workshop.context;
  if (answer.status < 200 || answer.status >= 400) return ledger.notCreated(ref);
  const { resource } = sample.object;
  const [id] = objectIdsIn(answer, resource.type, itemSlot(workshop, resource));
  if (id === undefined) ledger.leftover(ref, 'its creation was answered with a success that names no id');
  else enter(workshop, sample, ref, id);
}

/** The smallest object of a list whose text holds the marker. */
function itemWith(list: unknown, marker: string): unknown {
  const inside = Array.isArray(list) ? list : isJsonObject(list) ? Object.values(list) : [];
  const found = inside.find(
    (one: unknown) =>
      typeof one === 'object' && one !== null && JSON.stringify(one).toLowerCase().includes(marker),
  );
  if (found === undefined) return list;
  return Array.isArray(list) || !isJsonObject(list) ? found : itemWith(found, marker);
}

/** The object as its owner reads it; undefined where it cannot be read alone. */
export async function read(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  owner: ActorId,
  values: PlantedObject['values'],
): Promise<{ readonly json: unknown; readonly exchanges: readonly ExchangeId[] }> {
  const operation = resource.read;
  const filled =
    operation === null ? null : fillCall(operation, workshop.graph.boundSlots(operation), values);
  if (operation === null || filled === null || filled.kind === 'unfilled')
    return { json: undefined, exchanges: [] };
  const result = await courier.send(asActor(owner), {
    operation,
    ...filled,
    body: null,
    effect: noEffect,
    purpose: 'the owner reads it',
  });
  return {
    json: result.kind === 'answer' && result.status < 300 ? result.json() : undefined,
    exchanges: exchangesOf(result),
  };
}

/** Looks for a marker in the lists of this kind of object; null when there is no list. */
async function inList(
  workshop: Workshop,
  courier: Courier,
  { object }: Sample,
  marker: string,
): Promise<{
  readonly id: string | null;
  readonly item: unknown;
  readonly exchanges: readonly ExchangeId[];
} | null> {
  const exchanges: ExchangeId[] = [];
  let looked = false;
  for (const operation of object.resource.lists.slice(0, 2)) {
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
    if (filled.kind === 'unfilled') continue;
    const result = await courier.send(asActor(object.owner), {
      operation,
      ...filled,
      body: null,
      effect: noEffect,
      purpose: 'whether it was made after all',
    });
    exchanges.push(...exchangesOf(result));
    if (result.kind !== 'answer' || result.status >= 300) continue;
    looked = true;
    const list = result.json();
    const [id] = objectIdsByMarker(list, marker, object.resource.type, itemSlot(workshop, object.resource));
    if (id !== undefined) return { id, item: itemWith(list, marker), exchanges };
  }
  return looked ? { id: null, item: undefined, exchanges } : null;
}

/** Enters the new object's id and addresses into the ledger. */
function enter(workshop: Workshop, { object }: Sample, ref: LedgerRef, id: string): PlantedObject['values'] {
  const { graph, context } = workshop;
  const { resource } = object;
  const values = new Map(object.values);
  values.set(resource.referent, id);
  const at = (
    operation: Operation | null,
  ): { readonly url: string; readonly slots: Readonly<Record<string, string>> } | null => {
    const filled = operation === null ? null : fillCall(operation, graph.boundSlots(operation), values);
    return filled?.kind === 'filled' ? filled : null;
  };
  const item = at(resource.read ?? resource.updates[0] ?? resource.remove);
  context.ledger.created(ref, {
    objectId: id,
    slots: item?.slots ?? { id },
    readUrl: at(resource.read)?.url ?? null,
    deleteUrl: at(resource.remove)?.url ?? null,
    listUrl: at(resource.lists[0] ?? null)?.url ?? null,
  });
  return values;
}

function itemSlot(workshop: Workshop, resource: Resource): Parameters<typeof objectIdsIn>[2] {
  const item = resource.read ?? resource.updates[0] ?? resource.remove;
  const bound =
    item === null || item === undefined
      ? undefined
      : workshop.graph.boundSlots(item).findLast((slot) => slot.in === 'path');
  const declared = item?.slots.find((slot) => slot.in === 'path' && slot.name === bound?.name);
  if (bound === undefined) return null;
  return { name: bound.name, ...(declared?.schema ? { schema: declared.schema } : {}) };
}
