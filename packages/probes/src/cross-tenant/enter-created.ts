import type { Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { FreshObject } from '../plant/fresh-object.ts';
import type { Referent } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * Enters a new object into the ledger under this id, with the ways to it, and gives the values of its slots.
 *
 * @param item the operation whose path ends at the object
 */
export function enterCreated(
  { graph, context }: Workshop,
  fresh: FreshObject,
  id: string,
  item: Operation | null,
): Map<Referent, string> {
  const { resource } = fresh.order;
  const values = new Map(fresh.values);
  values.set(resource.referent, id);
  const call = (operation: Operation | null | undefined) => {
    const filled = operation ? fillCall(operation, graph.boundSlots(operation), values) : null;
    return filled?.kind === 'filled' ? filled : null;
  };
  const headers = (call(resource.remove) ?? call(resource.read))?.headers ?? [];
  context.ledger.created(fresh.ref, {
    objectId: id,
    slots: call(item)?.slots ?? { id },
    readUrl: call(resource.read)?.url ?? null,
    deleteUrl: call(resource.remove)?.url ?? null,
    listUrl: call(resource.lists[0])?.url ?? null,
    ...(headers.length === 0 ? {} : { headers }),
  });
  return values;
}
