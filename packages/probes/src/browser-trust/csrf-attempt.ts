import type { EvidenceMap, ExchangeId, Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { exchangesOf, noEffect, asActor, outcomeOf, type Courier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { intendLike, settleWritten } from '../input/written-object.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { Answer } from '../transport/transport.ts';
import { hostileHeaders, hostilePage, hostileRequest, type CsrfStyle } from './hostile-request.ts';
import { isRecord } from '../wires/remote-values.ts';
import { spoken } from '../wires/spoken.ts';
import { cookiePairs } from './partial-credential.ts';

export type CsrfTrial = EvidenceMap['csrf']['trials'][number];

/** A creation as a page elsewhere sends it, with the ledger entry of what it may make. */
export interface HostileCall {
  readonly style: CsrfStyle;
  readonly create: Operation;
  /** As a call of the method that the page can use. */
  readonly operation: Operation;
  readonly plainUrl: string;
  readonly url: string;
  readonly value: unknown;
  readonly body: ReturnType<typeof hostileRequest>['body'];
  readonly marker: string;
  readonly ref: LedgerRef;
}

/** Prepares one; null when nothing would show that it worked. */
export function hostileCall(
  workshop: Workshop,
  object: PlantedObject,
  create: Operation,
  style: CsrfStyle,
): HostileCall | null {
  const { value, canaries } = workshop.body(create, 'create', object.owner, object.values);
  const marker = canaries[0]?.value;
  const filled = fillCall(create, workshop.graph.boundSlots(create), object.values);
  if (filled.kind === 'unfilled' || marker === undefined) return null;
  const { wire } = create;
  if (wire && wire.kind !== 'postgrest') {
    const said = spoken(create, {
      method: create.method,
      url: filled.url,
      headers: [],
      body: { kind: 'json', value },
    });
    if (said.kind === 'unspeakable' || said.request.body?.kind !== 'json') return null;
    const real = said.request.body.value;
    return {
      style,
      create,
      operation: { ...create, wire: { ...wire, carrier: style } },
      plainUrl: said.request.url,
      url: filled.url,
      // In forms and addresses variables stand as text.
      value:
        style !== 'text-plain' && isRecord(real)
          ? { ...real, variables: JSON.stringify(real['variables']) }
          : real,
      body: { kind: 'json', value },
      marker,
      ref: intendLike(workshop, { object, create }, canaries),
    };
  }
  const { url, body } = hostileRequest(style, filled.url, value);
  const operation: Operation = style === 'get' ? { ...create, method: 'GET' } : create;
  const ref = intendLike(workshop, { object, create }, canaries);
  return { style, create, operation, plainUrl: filled.url, url, value, body, marker, ref };
}

/** What came of one. */
export interface Seen {
  readonly changed: 'yes' | 'no' | 'unknown';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** Sends these with the cookie alone, and looks once in the owner's list for what the refused ones may have made. */
export async function sendHostile(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  calls: readonly HostileCall[],
): Promise<readonly (Seen & { readonly call: HostileCall })[]> {
  const { ledger, sessions } = workshop.context;
  const answered: { readonly call: HostileCall; readonly answer: Answer }[] = [];
  const list: (Seen & { readonly call: HostileCall })[] = [];
  for (const call of calls) {
    const cookie = cookiePairs(sessions.current(object.owner).headers(call.url))
      .map(([name, one]) => `${name}=${one}`)
      .join('; ');
    const result = await courier.send(
      { kind: 'credential', actor: object.owner, credential: null },
      {
        operation: call.operation,
        url: call.url,
        headers: [...hostileHeaders(call.style), ['cookie', cookie]],
        body: call.body,
        effect: { kind: 'create', entry: call.ref },
        purpose: `a page elsewhere sends this as ${call.style}`,
      },
    );
    if (result.kind === 'answer') {
      answered.push({ call, answer: result });
      continue;
    }
    if (result.kind === 'not-sent') ledger.notCreated(call.ref);
    else ledger.leftover(call.ref, 'a creating request got no answer');
    list.push({ call, changed: 'unknown', because: outcomeOf(result), exchanges: exchangesOf(result) });
  }
  const refused = answered.filter(({ answer }) => answer.status >= 400);
  const after = refused.length === 0 ? null : await ownList(workshop, courier, object);
  for (const { call, answer } of answered) {
    const isThere = after?.text.includes(call.marker) ?? false;
    if (answer.status >= 400 && !isThere) {
      ledger.notCreated(call.ref);
      const because = `it was answered ${answer.status}`;
      const exchanges = [answer.exchange, ...(after?.exchanges ?? [])];
      list.push({ call, changed: answer.status === 429 ? 'unknown' : 'no', because, exchanges });
      continue;
    }
    list.push({ call, ...(await lookFor(workshop, courier, object, call, answer)) });
  }
  return list;
}

/** Looks as the owner for what an answered call has made. */
export async function lookFor(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  call: HostileCall,
  answer: Answer,
): Promise<Seen> {
  // A GET that answers with a list names other objects: only the marker tells whether something was made.
  const shown = call.style === 'get' ? { ...answer, json: () => undefined, header: () => null } : answer;
  const written = await settleWritten(
    workshop,
    courier,
    { object, create: call.create },
    { ref: call.ref, answer: shown, marker: call.marker },
  );
  const exchanges = [answer.exchange, ...written.exchanges];
  const came = `it was answered ${answer.status}`;
  if (written.exists === 'unknown')
    return { changed: 'unknown', because: `${came}, and there is no list to see the effect in`, exchanges };
  if (written.exists === 'no') return { changed: 'no', because: `${came}, and nothing was made`, exchanges };
  // Without our values it may be an older object that the application answers with.
  const isOurs = JSON.stringify(written.json ?? '')
    .toLowerCase()
    .includes(call.marker);
  return isOurs
    ? {
        changed: 'yes',
        because: `${came}, and its owner then had a new object with the values of the page`,
        exchanges,
      }
    : {
        changed: 'unknown',
        because: `${came} with an object that holds nothing of what was sent`,
        exchanges,
      };
}

/** The page that sends it, for a browser. */
export const pageOf = (call: HostileCall, quietly: boolean): string =>
  hostilePage(call.style, call.plainUrl, call.value, quietly);

async function ownList(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
): Promise<{ readonly text: string; readonly exchanges: readonly ExchangeId[] } | null> {
  const [operation] = object.resource.lists;
  const filled =
    operation === undefined ? null : fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  if (operation === undefined || filled === null || filled.kind === 'unfilled') return null;
  const result = await courier.send(asActor(object.owner), {
    operation,
    ...filled,
    body: null,
    effect: noEffect,
    purpose: 'whether anything was made after all',
  });
  return result.kind === 'answer' ? { text: result.text.toLowerCase(), exchanges: [result.exchange] } : null;
}
