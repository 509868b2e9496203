import type { ExchangeId, Operation, Slot } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, noEffect, type Courier } from '../cross-tenant/courier.ts';
import type { FreshObject } from './fresh-object.ts';
import { objectIdsByMarker, objectIdsIn } from '../access/object-ids.ts';
import type { Workshop } from './workshop.ts';

/**
 * Ids that a new object may have, the likeliest first: those in the answer that made it, else those beside its canary in a
 * list.
 *
 * @param item the operation whose path ends at the object
 */
export async function findNewIds(
  workshop: Workshop,
  courier: Courier,
  fresh: FreshObject,
  item: Operation | null,
): Promise<{ readonly ids: readonly string[]; readonly exchanges: readonly ExchangeId[] }> {
  const { graph } = workshop;
  const { resource, actor, purpose } = fresh.order;
  const slot = item ? idSlot(workshop, item) : null;
  const named = objectIdsIn(fresh.answer, resource.type, slot);
  if (named.length > 0) return { ids: named, exchanges: [] };
  const exchanges: ExchangeId[] = [];
  for (const list of resource.lists) {
    const filled = fillCall(list, graph.boundSlots(list), fresh.values);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(actor), {
      operation: list,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: noEffect,
      purpose: `${purpose}: find its id`,
    });
    exchanges.push(...exchangesOf(answer));
    const marker = fresh.canaries[0]?.value;
    const ids =
      answer.kind === 'answer' && marker !== undefined
        ? objectIdsByMarker(answer.json(), marker, resource.type, slot)
        : [];
    if (ids.length > 0) return { ids, exchanges };
  }
  return { ids: [], exchanges };
}

function idSlot({ graph }: Workshop, item: Operation): Pick<Slot, 'name' | 'schema'> | null {
  const last = graph.boundSlots(item).findLast((slot) => slot.in === 'path');
  if (!last) return null;
  const declared = item.slots.find((slot) => slot.in === 'path' && slot.name === last.name);
  return { name: last.name, ...(declared?.schema ? { schema: declared.schema } : {}) };
}
