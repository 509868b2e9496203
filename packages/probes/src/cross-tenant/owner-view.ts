import type { ActorId, ExchangeId } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, isSuccess, noEffect, type Courier, type Delivery } from './courier.ts';
import { jsonScalars } from '../plant/json-scalars.ts';
import { smallestObjectWith } from '../access/object-ids.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';

/** What the owner of an object sees of it at one moment. */
export interface OwnerView {
  /** The owner was answered and found a canary of the object. */
  readonly present: boolean;
  /** The owner was answered clearly, and the object was not there. */
  readonly gone: boolean;
  readonly text: string;
  /** Leaves of the answer by JSON pointer; of the object's own part when it is only seen in a list. */
  readonly fields: ReadonlyMap<string, string>;
  readonly exchanges: readonly ExchangeId[];
}

/** The owner reads its object: directly, or in a list when there is no way to read one alone. */
export async function viewAsOwner(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  purpose: string,
  viewer: ActorId = object.owner,
): Promise<OwnerView> {
  const { resource } = object;
  const operations = resource.read ? [resource.read] : resource.lists;
  const current = workshop.objects.find((one) => one.ref === object.ref) ?? object;
  const seen: OwnerView[] = [];
  for (const operation of operations) {
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(viewer), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: noEffect,
      purpose,
    });
    const view = viewOf(answer, current, resource.read !== null);
    if (view.present) return view;
    seen.push(view);
  }
  const text = seen.map((view) => view.text).join('\n');
  const exchanges = seen.flatMap((view) => view.exchanges);
  return {
    present: false,
    gone: seen.length > 0 && seen.every((view) => view.gone),
    text,
    fields: new Map(),
    exchanges,
  };
}

/** What an answer to the owner shows of an object; `alone` when it is about that object and nothing else. */
export function viewOf(answer: Delivery, object: PlantedObject, alone: boolean): OwnerView {
  const text = answer.kind === 'answer' ? answer.text.toLowerCase() : '';
  const present = isSuccess(answer) && object.canaries.some(({ value }) => text.includes(value));
  const clear =
    answer.kind === 'answer' && answer.status < 500 && answer.status !== 429 && answer.status !== 401;
  const json = answer.kind === 'answer' ? answer.json() : undefined;
  const own = object.canaries.map(({ value }) => smallestObjectWith(json, value)).find((one) => one !== null);
  const scalars = jsonScalars(alone ? json : own);
  return {
    present,
    gone: clear && !present,
    text,
    fields: new Map(scalars.map(({ pointer, value }) => [pointer, JSON.stringify(value)])),
    exchanges: exchangesOf(answer),
  };
}

/** Pointers of the leaves in which two views differ. */
function differences(before: OwnerView, after: OwnerView): readonly string[] {
  const pointers = new Set([...before.fields.keys(), ...after.fields.keys()]);
  return [...pointers].filter((pointer) => before.fields.get(pointer) !== after.fields.get(pointer));
}

/** Leaves that changed between the last two of three views, and not by themselves between the first two. */
export const changedLeaves = (first: OwnerView, before: OwnerView, after: OwnerView): readonly string[] => {
  const volatile = differences(first, before);
  return after.present ? differences(before, after).filter((pointer) => !isVolatile(pointer, volatile)) : [];
};

/** Leaves in which two views differ, beyond those that are known to change by themselves. */
export const changedBeyond = (
  before: OwnerView,
  after: OwnerView,
  volatile: readonly string[],
): readonly string[] => differences(before, after).filter((pointer) => !isVolatile(pointer, volatile));

/** Whether a changed leaf is one of those that change by themselves, or lies in a list whose order does. */
const isVolatile = (pointer: string, volatile: readonly string[]): boolean =>
  volatile.some((one) => one === pointer || withoutIndex(one) === withoutIndex(pointer));

const withoutIndex = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*');
