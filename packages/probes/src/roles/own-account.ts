import type { Actor, ActorId, Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { objectIdsByMarker } from '../access/object-ids.ts';
import { isSuccess, noEffect, type Call, type Courier, type Delivery } from '../cross-tenant/courier.ts';
import { jsonScalars, type JsonScalar } from '../plant/json-scalars.ts';
import type { Workshop } from '../plant/workshop.ts';

/** Asks something in the name of one account. */
export type Ask = (
  call: Omit<Call, 'headers' | 'body' | 'effect'> & Partial<Pick<Call, 'headers'>>,
) => Promise<Delivery>;

/** Headers of an operation that name the tenant. */
export function scopeHeaders(workshop: Workshop, operation: Operation, tenant: string): Call['headers'] {
  const filled = fillCall(
    operation,
    workshop.graph.boundSlots(operation),
    workshop.scopeValues(operation, tenant),
  );
  return filled.kind === 'filled' ? filled.headers : [];
}

/** What an account is told about itself. */
export async function aboutMyself(
  workshop: Workshop,
  operation: Operation,
  ask: Ask,
): Promise<readonly JsonScalar[]> {
  const same = workshop.context.operations.find(
    ({ method, path }) => method === 'GET' && path === operation.path && !path.includes('{'),
  );
  const identity =
    same ??
    workshop.context.operations.find(
      ({ method, path }) =>
        method === 'GET' &&
        /(^|\/)(me|whoami|self|profile|session|account)$/i.test(path) &&
        !path.includes('{'),
    );
  if (!identity) return [];
  const answer = await ask({
    operation: identity,
    url: identity.origin + identity.path,
    purpose: 'what is known of the own account',
  });
  return isSuccess(answer) && answer.kind === 'answer' ? jsonScalars(answer.json()) : [];
}

/** What a strong account is told about itself. */
export async function strongScalars(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  strong: Actor,
): Promise<readonly JsonScalar[]> {
  return aboutMyself(workshop, operation, (call) =>
    courier.send(
      { kind: 'actor', actor: strong.id },
      {
        headers: strong.tenant === null ? [] : scopeHeaders(workshop, call.operation, strong.tenant),
        ...call,
        body: null,
        effect: noEffect,
      },
    ),
  );
}

/** Where an operation is about the own account, and the id that it has there. */
export interface OwnPlace {
  readonly url: string;
  readonly headers: Call['headers'];
  readonly ids: readonly string[];
}

/** A path without the account's own id, or with an id found in a list or about oneself. */
export async function placeOf(
  workshop: Workshop,
  operation: Operation,
  weak: { readonly actor: ActorId; readonly tenant: string },
  mine: readonly JsonScalar[],
  ask: Ask,
): Promise<OwnPlace | null> {
  const bound = workshop.graph.boundSlots(operation);
  const values = workshop.scopeValues(operation, weak.tenant);
  const ids: string[] = [];
  const missing = bound.filter((slot) => slot.in === 'path' && !values.has(slot.referent));
  const [slot] = missing;
  if (slot && missing.length === 1) {
    const id =
      (await idInList(workshop, operation, slot.name, weak, ask)) ??
      mine.find(({ key }) => /^(id|_id|uuid|userId|user_id|documentId)$/.test(key))?.value;
    if (id === undefined || id === null) return null;
    values.set(slot.referent, String(id));
    ids.push(String(id));
  }
  const filled = fillCall(operation, bound, values);
  return filled.kind === 'filled' ? { url: filled.url, headers: filled.headers, ids } : null;
}

async function idInList(
  workshop: Workshop,
  operation: Operation,
  slot: string,
  weak: { readonly actor: ActorId; readonly tenant: string },
  ask: Ask,
): Promise<string | undefined> {
  const base = operation.path.slice(0, operation.path.indexOf(`/{${slot}}`));
  const list = workshop.context.operations.find(({ method, path }) => method === 'GET' && path === base);
  const username = workshop.context.sessions.secretOf(weak.actor)?.username.toLowerCase();
  if (!list || username === undefined) return undefined;
  const filled = fillCall(list, workshop.graph.boundSlots(list), workshop.scopeValues(list, weak.tenant));
  if (filled.kind === 'unfilled') return undefined;
  const answer = await ask({ operation: list, url: filled.url, purpose: 'the id of the own account' });
  return answer.kind === 'answer'
    ? objectIdsByMarker(answer.json(), username, 'members', { name: slot })[0]
    : undefined;
}
