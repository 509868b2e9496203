import type { Actor, Operation } from '@launch-ready/core';
import { fillCall, type SlotValues } from '../access/call-shape.ts';
import { asActor, exchangesOf, noEffect, type Call, type Delivery } from '../cross-tenant/courier.ts';
import type { Front } from '../cross-tenant/front.ts';
import type { Sighting } from '../leaks/leak-index.ts';
import type { PlantedObject } from '../plant/planted-object.ts';

/** An attempt to read a foreign object, with the canaries of that object that came back. */
export interface ReadAttempt {
  readonly answer: Delivery;
  readonly call: Call;
  readonly sightings: readonly Sighting[];
}

/** Sends a reading call as an attacker, and looks for canaries of one object in the answer. */
export async function sendRead(
  { workshop, courier }: Pick<Front, 'workshop' | 'courier'>,
  attacker: Actor,
  call: Call,
  object: PlantedObject,
): Promise<ReadAttempt> {
  const answer = await courier.send(asActor(attacker.id), call);
  const [exchange] = exchangesOf(answer);
  const all = exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange);
  return { answer, call, sightings: all.filter(({ ref }) => ref === object.ref) };
}

/** The call that reads this object with these values; null when a slot stays empty. */
export function readCall(
  { workshop }: Pick<Front, 'workshop'>,
  operation: Operation,
  values: SlotValues,
  purpose: string,
): Call | null {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  if (filled.kind === 'unfilled') return null;
  return { operation, url: filled.url, headers: filled.headers, body: null, effect: noEffect, purpose };
}
