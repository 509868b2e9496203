import type { ExchangeId } from '@launch-ready/core';
import { fillCall, type SlotValues } from '../access/call-shape.ts';
import { asActor, exchangesOf, isSuccess, noEffect, type Courier } from './courier.ts';
import type { FreshObject } from '../plant/fresh-object.ts';
import { showsAny } from '../leaks/shown-canaries.ts';
import type { Workshop } from '../plant/workshop.ts';

/** Lets the owner of a new object look for its canaries, with these values of its slots. */
export async function ownerReads(
  workshop: Workshop,
  courier: Courier,
  fresh: FreshObject,
  values: SlotValues,
): Promise<{ readonly seen: boolean; readonly exchanges: readonly ExchangeId[] }> {
  const { resource, actor, purpose } = fresh.order;
  const operations = resource.read ? [resource.read] : resource.lists;
  const exchanges: ExchangeId[] = [];
  for (const operation of operations) {
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(actor), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: noEffect,
      purpose: `${purpose}: the owner reads it back`,
    });
    exchanges.push(...exchangesOf(answer));
    if (isSuccess(answer) && showsAny(answer, fresh.canaries)) return { seen: true, exchanges };
  }
  return { seen: false, exchanges };
}
