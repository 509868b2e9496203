import type { EvidenceMap, ExchangeId, HeaderList, Operation, Slot } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, noEffect, type Courier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { Answer } from '../transport/transport.ts';

export type InjectionTrial = EvidenceMap['injection']['trials'][number];

/** What the injection trials share. */
export interface InjectionDesk {
  readonly workshop: Workshop;
  readonly courier: Courier;
  /** The budget of the probe is used up. */
  spent(): boolean;
}

/** A read in which one value can be replaced; asked as the owner of the object. */
export interface Injectable {
  readonly operation: Operation;
  readonly object: PlantedObject;
  /** As evidence and findings name it. */
  readonly slot: string;
  /** The address with this raw value in its place; already encoded. */
  readonly urlWith: (encoded: string) => string;
  readonly headers: HeaderList;
}

/** Asks with a value in the slot; null when there was no answer. */
export async function askWith(
  { courier }: InjectionDesk,
  { operation, object, headers, urlWith }: Injectable,
  encoded: string,
  exchanges: ExchangeId[],
): Promise<Answer | null> {
  const result = await courier.send(asActor(object.owner), {
    operation,
    url: urlWith(encoded),
    headers,
    body: null,
    effect: noEffect,
    purpose: 'a value with the syntax of another language',
  });
  exchanges.push(...exchangesOf(result));
  return result.kind === 'answer' ? result : null;
}

/** A read of this operation with a value in one of its query slots; null when the rest of it cannot be filled. */
export function inQuery(
  { workshop }: InjectionDesk,
  operation: Operation,
  object: PlantedObject,
  slot: Slot,
  suffix = '',
): Injectable | null {
  const mark = 'launch-ready-value';
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values, {
    [`query:${slot.name}`]: mark,
  });
  if (filled.kind === 'unfilled') return null;
  const named =
    suffix === '' ? filled.url : filled.url.replace(`=${mark}`, `${encodeURIComponent(suffix)}=${mark}`);
  return {
    operation,
    object,
    slot: `query ${slot.name}`,
    urlWith: (encoded) => named.replace(mark, () => encoded),
    headers: filled.headers,
  };
}

/** A read of one object with a value in the slot that holds its id. */
export function inPath(
  { workshop }: InjectionDesk,
  operation: Operation,
  object: PlantedObject,
): Injectable | null {
  const slot = workshop.graph.boundSlots(operation).findLast((one) => one.in === 'path');
  const mark = 'launch-ready-value';
  if (slot === undefined) return null;
  const filled = fillCall(
    operation,
    workshop.graph.boundSlots(operation),
    new Map([...object.values, [slot.referent, mark]]),
  );
  if (filled.kind === 'unfilled' || !filled.url.includes(mark)) return null;
  return {
    operation,
    object,
    slot: `path ${slot.name}`,
    urlWith: (encoded) => filled.url.replace(mark, () => encoded),
    headers: filled.headers,
  };
}

/**
 * Whether an answer holds the object itself, and not only what the request had said: its id, or the whole of a marker that the
 * request did not send.
 */
export function showsObject(answer: Answer | null, { id, canaries }: PlantedObject, sent: string): boolean {
  if (answer === null || answer.status >= 300) return false;
  const text = answer.text.toLowerCase();
  const said = sent.toLowerCase();
  const own = [id.toLowerCase(), ...canaries.map(({ value }) => value)];
  return own.some((one) => one.length >= 6 && !said.includes(one) && text.includes(one));
}

/** A marker that its owner reads in it now: what was planted may have been changed by other probes since. */
export async function markerNow(
  desk: InjectionDesk,
  object: PlantedObject,
  exchanges: ExchangeId[],
): Promise<string | null> {
  const { read } = object.resource;
  const place = read === null ? null : inPath(desk, read, object);
  const answer = place === null ? null : await askWith(desk, place, encodeURIComponent(object.id), exchanges);
  if (answer === null || answer.status >= 300) return object.canaries.at(-1)?.value ?? null;
  const text = answer.text.toLowerCase();
  return (
    object.canaries.find(({ value }) => text.includes(value))?.value ??
    /(?<![a-z0-9])lr[a-z2-7]{12,}/.exec(text)?.[0] ??
    null
  );
}
