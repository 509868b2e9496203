import type { ActorId, ExchangeId } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, isSuccess, noEffect, type Courier } from '../cross-tenant/courier.ts';
import type { JsonObject } from '../plant/json-scalars.ts';
import { smallestObjectWith } from '../access/object-ids.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import type { Workshop } from '../plant/workshop.ts';

/** An object as somebody reads it, apart from the answer that a write gave. */
export interface ObjectRead {
  /** Null when it was not found. */
  readonly object: JsonObject | null;
  readonly exchanges: readonly ExchangeId[];
}

/**
 * Reads an object of ours, alone or in a list.
 * @param fresh whether an answer received before does not count, because something was written meanwhile
 */
export async function readObject(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  viewer: ActorId,
  fresh: boolean,
): Promise<ObjectRead> {
  const { read, lists } = object.resource;
  const exchanges: ExchangeId[] = [];
  const current = workshop.objects.find((one) => one.ref === object.ref) ?? object;
  const marks = current.canaries.map(({ value }) => value);
  for (const operation of read ? [read] : lists) {
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
    if (filled.kind === 'unfilled') continue;
    const known = fresh ? null : receivedAnswers(workshop.context).read(operation, filled.url, viewer);
    const answer =
      known ??
      (await courier.send(asActor(viewer), {
        operation,
        url: filled.url,
        headers: filled.headers,
        body: null,
        effect: noEffect,
        purpose: 'mass assignment: the owner reads it',
      }));
    exchanges.push(...exchangesOf(answer));
    if (answer.kind !== 'answer' || !isSuccess(answer)) continue;
    for (const mark of marks) {
      const found = smallestObjectWith(answer.json(), mark);
      if (found) return { object: found, exchanges };
    }
  }
  return { object: null, exchanges };
}

/** The object in a list that this actor was shown before, when the list shows no less of it than its owner reads; or null. */
export function listedBefore(
  workshop: Workshop,
  object: PlantedObject,
  viewer: ActorId,
  mine: JsonObject,
): JsonObject | null {
  for (const operation of object.resource.lists) {
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
    if (filled.kind === 'unfilled') continue;
    const known = receivedAnswers(workshop.context).read(operation, filled.url, viewer);
    for (const { value } of known && isSuccess(known) ? object.canaries : []) {
      const found = smallestObjectWith(known?.json(), value);
      if (found && Object.keys(mine).every((name) => name in found)) return found;
    }
  }
  return null;
}
