import type { GraphqlWire, HttpMethod, JsonSchema, Operation, RemoteValue, Slot } from '@launch-ready/core';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { bodySlots } from '../body-slots.ts';
import type { Entities } from './entities.ts';
import { heldType } from './entities.ts';
import { outputSchema } from './schema-words.ts';
import { selectionFor } from './selection.ts';

/** A root field as a call in resource style. */
export interface SaidField {
  readonly kind: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
  readonly method: HttpMethod;
  /** Below the base, such as `/projects/{id}`. */
  readonly path: string;
  readonly values: readonly RemoteValue[];
  readonly body: JsonSchema | null;
  readonly slots: readonly Slot[];
  /** Type of which the answer is asked for, where the field holds several. */
  readonly type?: string;
}

/** Where a schema is served, and what is known of it. */
export interface SchemaPlace {
  readonly schema: GraphQLSchema;
  readonly entities: Entities;
  readonly origin: string;
  readonly endpoint: string;
  /** What stands before the paths: the endpoint and a mark. */
  readonly base: string;
  readonly source: string;
}

/** The operation that a field makes, with the document that says it. */
export function operationOfField(said: SaidField, place: SchemaPlace): Operation {
  const { kind, field, method, values, body } = said;
  const path = place.base + said.path;
  const target =
    said.type === undefined ? field.type : (place.entities.ofType(said.type)?.type ?? field.type);
  const plain = documentOf(said, selectionFor(place.schema, target, 'plain'));
  // Only what changes nothing may be said twice; and a list of everything is long enough without what hangs on it.
  const wide = kind === 'query' && !(said.type === undefined && heldType(field.type).list);
  const full = wide ? documentOf(said, selectionFor(place.schema, target, 'full')) : plain;
  const wire: GraphqlWire = {
    kind: 'graphql',
    endpoint: place.endpoint,
    document: full,
    ...(full === plain ? {} : { plain }),
    field: field.name,
    variables: values,
  };
  const inPath = [...said.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Slot => {
    const isNumber = values.some((one) => one.key === name && one.as === 'number');
    return { in: 'path', name, required: true, schema: { type: isNumber ? 'integer' : 'string' } };
  });
  return {
    id: `${method} ${path}`,
    method,
    path,
    origin: place.origin,
    summary: `${kind} ${field.name}`,
    tags: [],
    slots: [...inPath, ...said.slots, ...bodySlots(body ?? undefined)],
    ...(body === null ? {} : { body: { contentType: 'application/json', required: true, schema: body } }),
    responses: [{ status: '200', contentType: 'application/json', schema: outputSchema(target) }],
    declaredAuth: 'unstated',
    sources: [place.source],
    wire,
  };
}

function documentOf({ kind, field, values, type }: SaidField, selection: string): string {
  const asked = field.args.filter((one) => values.some((value) => (value.inside ?? value.name) === one.name));
  const inBrackets = (parts: readonly string[]): string =>
    parts.length === 0 ? '' : `(${parts.join(', ')})`;
  const head = inBrackets(asked.map((one) => `$${one.name}: ${String(one.type)}`));
  const given = inBrackets(asked.map(({ name }) => `${name}: $${name}`));
  const narrowed = type === undefined ? selection : `{ ... on ${type} ${selection} }`;
  return `${kind} ${field.name}${head} { ${field.name}${given} ${narrowed} }`.replace(/ +\}/g, ' }');
}
