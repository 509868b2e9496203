import type { BodyShape, Operation, ResponseShape, Slot, SlotSource } from '@launch-ready/core';
import { bodySlots } from '../body-slots.ts';
import { isIdKey } from './id-shape.ts';
import type { ObservedCall } from './observed-call.ts';
import { observedSchema, withoutExamples } from './observed-schema.ts';
import { pathOf, templatePaths, type Piece } from './template-paths.ts';
import { createValueFlow, type SeenAt } from './value-flow.ts';

/** Header names that tell a tenant, or that an application made up for itself; none that carries a secret or is usual. */
const tenantHeader =
  /(^|-)(org|organi[sz]ation|tenant|workspace|team|account|company|customer|site|store|project|space)(-|$)/;
const customHeader = /^x-/;
const usualHeader =
  /csrf|xsrf|token|auth|key|secret|cookie|session|signature|forwarded|real-ip|requested-with|request-id|correlation|trace|client-version|sdk|user-agent|ratelimit|amz|goog|firebase|b3|datadog|sentry/;

interface Group {
  readonly operation: Pick<Operation, 'id' | 'method' | 'path' | 'origin'>;
  readonly calls: number[];
}

/** Places of a request by slot, with the values that were sent there. */
type Sent = ReadonlyMap<string, string>;

/** Operations from recorded calls, with the slots' values traced to the answers that they came from. */
export function observedOperations(
  calls: readonly ObservedCall[],
  options: { readonly source: string; readonly tenantValues: ReadonlyMap<string, string> },
): readonly Operation[] {
  const flow = createValueFlow();
  const inPath: (readonly (readonly SeenAt[])[])[] = [];
  const elsewhere: ReadonlyMap<string, readonly SeenAt[]>[] = [];
  for (const [index, call] of calls.entries()) {
    inPath.push(call.segments.map((segment) => flow.sourcesOf(segment)));
    elsewhere.push(new Map([...sentBy(call)].map(([slot, value]) => [slot, flow.sourcesOf(value)])));
    flow.learn(index, call.answer, call.location);
  }
  const pieces = templatePaths(calls, { sources: inPath, tenantValues: options.tenantValues });
  const groups = new Map<string, Group>();
  const operationOf: string[] = [];
  for (const [index, { method, origin }] of calls.entries()) {
    const path = pathOf(pieces[index] ?? []);
    const key = `${origin} ${method} ${path.replace(/\{[^}]+\}/g, '{}')}`;
    const group = groups.get(key) ?? {
      operation: { id: `${method} ${path}`, method, path, origin },
      calls: [],
    };
    group.calls.push(index);
    groups.set(key, group);
    operationOf.push(group.operation.id);
  }

  const sourceOf = (seen: readonly (readonly SeenAt[])[], own: string): SlotSource | undefined => {
    const votes = new Map<string, { readonly source: SlotSource; weight: number }>();
    for (const places of seen) {
      const counted = new Set<string>();
      for (const { call, pointer, inside } of places) {
        const operation = operationOf[call] ?? '';
        const key = `${operation} ${pointer} ${inside}`;
        if (counted.has(key)) continue;
        counted.add(key);
        const vote = votes.get(key) ?? { source: { operation, pointer, inside }, weight: 0 };
        // What made the object is its producer; an object's own id says more than a mention of it.
        vote.weight +=
          1 +
          (operation.startsWith('POST ') ? 0.6 : 0) +
          (/\/(_?id|uuid|slug)$/.test(pointer) ? 0.5 : 0) +
          (isIdKey(pointer) ? 0.2 : 0);
        if (operation === own) vote.weight -= 0.4;
        votes.set(key, vote);
      }
    }
    return [...votes.values()].sort((a, b) => b.weight - a.weight)[0]?.source;
  };

  return [...groups.values()].map(({ operation, calls: members }): Operation => {
    const own = members.flatMap((index) => (calls[index] ? [calls[index]] : []));
    const linked = (slot: Slot, seen: readonly (readonly SeenAt[])[]): Slot => {
      const refersTo = sourceOf(seen, operation.id);
      return refersTo ? { ...slot, refersTo } : slot;
    };
    const slotsInPath = (pieces[members[0] ?? 0] ?? []).flatMap((piece: Piece, at): Slot[] => {
      if (piece.kind !== 'slot') return [];
      const values = own.map(({ segments }) => segments[at] ?? '');
      const schema = observedSchema(
        values.every((value) => /^\d{1,15}$/.test(value)) ? values.map(Number) : values,
      );
      const slot: Slot = {
        in: 'path',
        name: piece.name,
        required: true,
        schema: {
          type: schema['type'],
          ...(schema['format'] === undefined ? {} : { format: schema['format'] }),
        },
      };
      return [
        linked(
          slot,
          members.map((index) => inPath[index]?.[at] ?? []),
        ),
      ];
    });
    const body = bodyOf(own);
    const seenFor = (slot: string): readonly (readonly SeenAt[])[] =>
      members.map((index) => elsewhere[index]?.get(slot) ?? []);
    const named = [...new Set(own.flatMap((call) => [...sentBy(call).keys()]))].flatMap((key): Slot[] => {
      const [place = '', ...rest] = key.split(' ');
      if (place !== 'query' && place !== 'header') return [];
      const values = own.map((call) => sentBy(call).get(key));
      const always = values.every((value) => value !== undefined);
      const slot = linked(
        {
          in: place,
          name: rest.join(' '),
          required: false,
          schema: observedSchema(
            values.filter((value) => value !== undefined),
            rest.join(' '),
          ),
        },
        seenFor(key),
      );
      return [
        {
          ...slot,
          required:
            always && (slot.refersTo !== undefined || (place === 'header' && tenantHeader.test(slot.name))),
        },
      ];
    });
    return {
      ...operation,
      tags: [],
      slots: [
        ...slotsInPath,
        ...named,
        ...bodySlots(body?.schema).map((slot) => linked(slot, seenFor(`body ${slot.name}`))),
      ],
      ...(body ? { body } : {}),
      responses: responsesOf(own),
      declaredAuth: 'unstated',
      sources: [options.source],
    };
  });
}

/** Values of query, headers and body fields of a call, by slot. */
function sentBy(call: ObservedCall): Sent {
  const sent = new Map<string, string>();
  for (const [name, value] of call.query) sent.set(`query ${name}`, value);
  for (const [name, value] of call.headers) {
    if (usualHeader.test(name)) continue;
    if (customHeader.test(name) || tenantHeader.test(name)) sent.set(`header ${name}`, value);
  }
  const walk = (value: unknown, pointer: string, depth: number): void => {
    if (typeof value === 'string' || typeof value === 'number') sent.set(`body ${pointer}`, String(value));
    else if (Array.isArray(value)) {
      const [first] = value;
      if (typeof first === 'string' || typeof first === 'number') sent.set(`body ${pointer}`, String(first));
    } else if (typeof value === 'object' && value !== null && depth < 4) {
      for (const [key, inner] of Object.entries(value))
        walk(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    }
  };
  walk(call.body?.value, '', 0);
  return sent;
}

function bodyOf(calls: readonly ObservedCall[]): BodyShape | undefined {
  const accepted = calls.filter(({ status, body }) => status < 400 && body !== null);
  const used = accepted.length > 0 ? accepted : calls.filter(({ body }) => body !== null);
  const [first] = used;
  if (!first?.body) return undefined;
  const { contentType } = first.body;
  const values = used.flatMap(({ body }) =>
    body && body.contentType === contentType && body.value !== undefined ? [body.value] : [],
  );
  return {
    contentType,
    required: calls.every(({ body }) => body !== null),
    ...(values.length === 0 ? {} : { schema: observedSchema(values) }),
  };
}

function responsesOf(calls: readonly ObservedCall[]): readonly ResponseShape[] {
  return [...new Set(calls.map(({ status }) => status))]
    .sort((a, b) => a - b)
    .map((status): ResponseShape => {
      const these = calls.filter((call) => call.status === status);
      const answers = these.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
      return {
        status: String(status),
        contentType: these.find(({ answerType }) => answerType !== null)?.answerType ?? null,
        ...(answers.length === 0 ? {} : { schema: withoutExamples(observedSchema(answers)) }),
      };
    });
}
