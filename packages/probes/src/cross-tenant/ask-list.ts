import type { ActorId, Operation } from '@launch-ready/core';
import { fillCall, encodedAs, type SlotValues } from '../access/call-shape.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  type Call,
  type Delivery,
  type Sender,
} from './courier.ts';
import type { Credential } from '../session/sessions.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import type { Front } from './front.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { Sighting } from '../leaks/leak-index.ts';
import { plainName } from '../access/names.ts';

/** One way to ask for a list. */
export interface ListVariant {
  readonly slot: string;
  readonly values: SlotValues;
  /** Single slots, by `query:name`, `header:name` or `body:name`. */
  readonly extra: Readonly<Record<string, string>>;
  /** Query parameters and headers beside those of the document. */
  readonly added?: Readonly<Record<string, string>>;
  /** Another origin than the operation's. */
  readonly origin?: string;
  /** What is shown in place of the actor's credential. */
  readonly credential?: (own: Credential) => Credential;
}

export interface Listing {
  readonly answer: Delivery;
  readonly call: Call;
  readonly sightings: readonly Sighting[];
}

export const searchName = /^(q|query|search|term|keyword|keywords|text|filter|s|contains)$/i;
export const pageSize = /^(limit|per_?page|page_?size|take|first|size|count)$/i;

/** Asks for a list as somebody. The same question is not asked twice, unless `afresh`. */
export function askList(
  front: Front,
  actor: ActorId,
  operation: Operation,
  variant: ListVariant,
  purpose: string,
  afresh = false,
): Promise<Listing | null> {
  const call = listCall(front, operation, variant, purpose);
  if (!call) return Promise.resolve(null);
  const { credential } = variant;
  const shown = credential ? variant.slot : '';
  const key = JSON.stringify([actor, operation.id, call.url, call.headers, call.body, shown]);
  const known = afresh ? undefined : front.listings.get(key);
  if (known) return known;
  const asked = send(front, actor, call, credential);
  front.listings.set(key, asked);
  return asked;
}

/** The call by which a list is asked for; null when a slot of it stays empty. */
export function listCall(
  { workshop }: Front,
  operation: Operation,
  { values, extra, origin, added = {} }: ListVariant,
  purpose: string,
): Call | null {
  const filled = fillCall(
    origin === undefined ? operation : { ...operation, origin },
    workshop.graph.boundSlots(operation),
    values,
    extra,
  );
  if (filled.kind === 'unfilled') return null;
  const url = new URL(filled.url);
  const headers = [...filled.headers];
  for (const [place, value] of Object.entries(added)) {
    const [kind, name = ''] = place.split(':');
    if (kind === 'query') url.searchParams.append(name, value);
    else headers.push([name, value]);
  }
  const body = operation.method === 'POST' ? encodedAs(operation, bodyOf(operation, values, extra)) : null;
  const target = Object.keys(added).some((place) => place.startsWith('query:')) ? url.href : filled.url;
  return { operation, url: target, headers, body, effect: noEffect, purpose };
}

/** The body of a list by POST: what is asked for, and nothing that narrows it without need. */
function bodyOf(
  operation: Operation,
  values: SlotValues,
  extra: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const schema = flatSchema(operation.body?.schema ?? {});
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const body: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(properties)) {
    if (!isJsonObject(raw)) continue;
    const field = flatSchema(raw);
    const given = extra[`body:${name}`] ?? (required.includes(name) ? valueNamed(name, values) : undefined);
    if (given !== undefined) body[name] = field.type === 'array' ? [given] : given;
    else if (pageSize.test(name)) body[name] = Math.min(100, Number(field.maximum ?? 100));
    else if (required.includes(name))
      body[name] =
        field.default ??
        (Array.isArray(field.enum) ? field.enum[0] : undefined) ??
        { string: '', array: [], object: {}, boolean: false }[String(field.type)] ??
        1;
  }
  return body;
}

/** The known value that a field of this name takes, such as the own tenant's id for `orgId`. */
function valueNamed(name: string, values: SlotValues): string | undefined {
  const thing = plainName(name).replace(/(uuid|slug|id|key)$/, '');
  for (const [referent, value] of values) {
    const last = referent.split(/[ /]/).findLast((part) => part !== '' && part !== '{}') ?? '';
    if (thing !== '' && plainName(last) === thing) return value;
  }
  return undefined;
}

async function send(
  front: Front,
  actor: ActorId,
  plain: Call,
  credential: ListVariant['credential'],
): Promise<Listing> {
  const { workshop, courier } = front;
  const { ledger, leaks, sessions } = workshop.context;
  const sender: Sender = credential
    ? { kind: 'credential', actor, credential: credential(sessions.current(actor)) }
    : asActor(actor);
  const { operation } = plain;
  // A list by POST cannot be told from a change: it goes as a creation of nothing.
  const ref =
    operation.method === 'POST'
      ? ledger.intend({
          operation: operation.id,
          actor,
          tenant: workshop.context.target.actors.find(({ id }) => id === actor)?.tenant ?? '',
          type: operation.path,
          twin: 'throwaway',
          canaries: [],
          slots: {},
          readUrl: null,
          deleteUrl: null,
          listUrl: null,
        })
      : null;
  const call: Call = ref === null ? plain : { ...plain, effect: { kind: 'create', entry: ref } };
  const answer = await courier.send(sender, call);
  if (ref !== null) {
    if (answer.kind === 'answer' && answer.status === 201)
      ledger.leftover(ref, 'a question for a list was answered 201: created');
    else ledger.notCreated(ref);
  }
  const [exchange] = exchangesOf(answer);
  const sightings = exchange === undefined ? [] : leaks.inExchange(exchange);
  return { answer, call, sightings };
}

/** Whether an answer shows this object. */
export const shows = (listing: Listing | null, refs: readonly string[]): boolean =>
  listing !== null && isSuccess(listing.answer) && listing.sightings.some(({ ref }) => refs.includes(ref));
