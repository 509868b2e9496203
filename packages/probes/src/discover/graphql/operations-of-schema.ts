import type { GraphqlWire, HttpMethod, JsonSchema, Operation, RemoteValue, Slot } from '@launch-ready/core';
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { bodySlots } from '../body-slots.ts';
import { entitiesOf, heldType, type Entity } from './entities.ts';
import { inputSchema, outputSchema } from './schema-words.ts';
import { selectionFor } from './selection.ts';

type Field = GraphQLField<unknown, unknown>;

export interface SchemaOperations {
  readonly operations: readonly Operation[];
  /** What of the schema is not tested. */
  readonly problems: readonly string[];
}

const makes = /^(create|add|new|insert|register|make|post)(?=[A-Z_])_?(.+)$/;
const changes = /^(update|edit|patch|modify|change|set|save|replace)(?=[A-Z_])_?(.+)$/;
const removes = /^(delete|remove|destroy|erase)(?=[A-Z_])_?(.+)$/;
const behind: readonly (readonly [RegExp, HttpMethod])[] = [
  [/^(.+?)_?(Create|Add|create)$/, 'POST'],
  [/^(.+?)_?(Update|Edit|update)$/, 'PATCH'],
  [/^(.+?)_?(Delete|Remove|delete)$/, 'DELETE'],
];
const idName = /^(_?id|uuid|guid|pk|nodeId|slug|key)$/i;
const around = /^(where|pk_columns|by|filter|key|input|data)$/i;

/**
 * A GraphQL schema as operations in resource style below `<endpoint>~/`: `project(id)` becomes `GET projects/{id}`, `createProject`
 * becomes `POST projects`; mutations that are neither create, update nor delete become actions. Each says by its wire how it is spoken.
 */
export function operationsOfSchema(
  schema: GraphQLSchema,
  place: { readonly origin: string; readonly endpoint: string; readonly source: string },
): SchemaOperations {
  const entities = entitiesOf(schema);
  const operations = new Map<string, Operation>();
  const base = `${place.endpoint.replace(/\/$/, '')}~`;

  const add = (
    kind: 'query' | 'mutation',
    field: Field,
    shape: { readonly method: HttpMethod; readonly path: string; readonly values: readonly RemoteValue[] },
    body: JsonSchema | null,
    slots: readonly Slot[],
    inline: { readonly type?: string } = {},
  ): boolean => {
    const id = `${shape.method} ${base}${shape.path}`;
    if (operations.has(id)) return false;
    const asked = field.args.filter((one) =>
      shape.values.some((value) => (value.inside ?? value.name) === one.name),
    );
    const head =
      asked.length === 0 ? '' : `(${asked.map((one) => `$${one.name}: ${String(one.type)}`).join(', ')})`;
    const given = asked.length === 0 ? '' : `(${asked.map(({ name }) => `${name}: $${name}`).join(', ')})`;
    const written = (selection: string): string => {
      const narrowed = inline.type === undefined ? selection : `{ ... on ${inline.type} ${selection} }`;
      return `${kind} ${field.name}${head} { ${field.name}${given} ${narrowed} }`.replace(/ +\}/g, ' }');
    };
    const target =
      inline.type === undefined ? field.type : (entities.ofType(inline.type)?.type ?? field.type);
    const plain = written(selectionFor(schema, target, 'plain'));
    // Only what changes nothing may be said twice; and a list of everything is long enough without what hangs on it.
    const wide = kind === 'query' && !(inline.type === undefined && heldType(field.type).list);
    const full = wide ? written(selectionFor(schema, target, 'full')) : plain;
    const wire: GraphqlWire = {
      kind: 'graphql',
      endpoint: place.endpoint,
      document: full,
      ...(full === plain ? {} : { plain }),
      field: field.name,
      variables: shape.values,
    };
    const inPath = [...shape.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Slot => ({
      in: 'path',
      name,
      required: true,
      schema: {
        type: shape.values.some((one) => one.key === name && one.as === 'number') ? 'integer' : 'string',
      },
    }));
    operations.set(id, {
      id,
      method: shape.method,
      path: `${base}${shape.path}`,
      origin: place.origin,
      summary: `${kind} ${field.name}`,
      tags: [],
      slots: [...inPath, ...slots, ...bodySlots(body ?? undefined)],
      ...(body === null ? {} : { body: { contentType: 'application/json', required: true, schema: body } }),
      responses: [{ status: '200', contentType: 'application/json', schema: outputSchema(target) }],
      declaredAuth: 'unstated',
      sources: [place.source],
      wire,
    });
    return true;
  };

  for (const field of fieldsOf(schema.getQueryType()?.getFields())) addQuery(field);
  for (const field of fieldsOf(schema.getMutationType()?.getFields())) addMutation(field);
  addNodes();
  const subscriptions = fieldsOf(schema.getSubscriptionType()?.getFields());
  return {
    operations: [...operations.values()],
    problems: subscriptions.map(({ name }) => `subscription ${name} is not tested`),
  };

  function addQuery(field: Field): void {
    if (/^(node|nodes|_service|_entities)$/.test(field.name)) return;
    const held = heldType(field.type);
    const entity = entities.ofType(held.name);
    const own = held.list ? undefined : ownId(field.args, entity);
    const values = field.args.flatMap((one): readonly RemoteValue[] =>
      one === own
        ? [{ name: one.name, from: 'path', key: one.name, as: writing(one) }]
        : isInputObjectType(getNamedType(one.type)) && !isNonNullType(one.type)
          ? []
          : [{ name: one.name, from: 'query', key: one.name, as: writing(one) }],
    );
    const slots = field.args
      .filter((one) => values.some(({ name, from }) => name === one.name && from === 'query'))
      .map((one): Slot => ({
        in: 'query',
        name: one.name,
        required: isNonNullType(one.type) && one.defaultValue === undefined,
        schema: inputSchema(one.type),
      }));
    const put = (path: string): boolean => add('query', field, { method: 'GET', path, values }, null, slots);
    if (entity && own) {
      if (
        idName.test(own.name) && !/slug|key/i.test(own.name)
          ? put(`/${entity.collection}/{${own.name}}`)
          : false
      )
        return;
      if (!put(`/${entity.collection}/{${own.name}}/${field.name}`)) put(`/${field.name}/{${own.name}}`);
      return;
    }
    if (entity && held.list && isMain(field, entity) && put(`/${entity.collection}`)) return;
    put(`/${field.name}`);
  }

  /** The list of a collection is the one that bears its name. */
  function isMain(field: Field, entity: Entity): boolean {
    const bare = field.name
      .replace(/^(all|list|get|fetch|my)(?=[A-Z])/, '')
      .replace(/(List|Connection)$/, '');
    return entities.ofWord(bare) === entity;
  }

  function addMutation(field: Field): void {
    const verb = verbOf(field.name);
    if (verb?.method === 'POST') {
      const { values, body } = bodyOf(field, undefined);
      if (add('mutation', field, { method: 'POST', path: `/${verb.entity.collection}`, values }, body, []))
        return;
    }
    const entity = verb?.entity ?? thingIn(field);
    const place = entity ? idPlace(field, entity) : null;
    if (entity && place) {
      const { values, body } = bodyOf(field, place);
      const item = `/${entity.collection}/{id}`;
      const method = verb?.method ?? 'POST';
      if (
        method !== 'POST' &&
        add('mutation', field, { method, path: item, values }, method === 'DELETE' ? null : body, [])
      )
        return;
      add('mutation', field, { method: 'POST', path: `${item}/${field.name}`, values }, body, []);
      return;
    }
    const { values, body } = bodyOf(field, undefined);
    add('mutation', field, { method: 'POST', path: `/${field.name}`, values }, body, []);
  }

  function verbOf(name: string): { readonly method: HttpMethod; readonly entity: Entity } | null {
    const front: readonly (readonly [RegExp, HttpMethod])[] = [
      [makes, 'POST'],
      [changes, 'PATCH'],
      [removes, 'DELETE'],
    ];
    for (const [pattern, method] of front) {
      const rest = pattern.exec(name)?.[2]?.replace(/(_one|_by_pk|ById|_by_id)$/, '');
      const entity = rest === undefined ? null : entities.ofWord(rest);
      if (entity) return { method, entity };
    }
    for (const [pattern, method] of behind) {
      const entity = entities.ofWord(pattern.exec(name)?.[1] ?? '');
      if (entity) return { method, entity };
    }
    return null;
  }

  /** `archiveProject`, `publish(projectId)`: the kind of object that an action is about. */
  function thingIn(field: Field): Entity | null {
    const words = field.name.split(/(?=[A-Z])|_/);
    for (let from = 1; from < words.length; from += 1) {
      const entity = entities.ofWord(words.slice(from).join(''));
      if (entity) return entity;
    }
    const names = field.args.flatMap((one) => {
      const type = getNamedType(one.type);
      return isInputObjectType(type) ? Object.keys(type.getFields()) : [one.name];
    });
    for (const name of names) {
      const word = /^(.+?)_?(Id|id|ID|Uuid)$/.exec(name)?.[1];
      const entity = word === undefined ? null : entities.ofWord(word);
      if (entity) return entity;
    }
    return null;
  }

  /** Relay's `node` reads any object: one more way to every kind. */
  function addNodes(): void {
    const node = schema.getQueryType()?.getFields()['node'];
    const [argument] = node?.args ?? [];
    if (!node || !argument) return;
    for (const { type } of entities.all.map((entity) => entity)) {
      const entity = entities.ofType(type.name);
      const possible = getNamedType(node.type);
      if (
        !entity ||
        !('getInterfaces' in type) ||
        !type.getInterfaces().some(({ name }) => name === possible.name)
      )
        continue;
      const values: readonly RemoteValue[] = [{ name: argument.name, from: 'path', key: 'id', as: 'text' }];
      const item = `/${entity.collection}/{id}`;
      const known = operations.has(`GET ${base}${item}`);
      add('query', node, { method: 'GET', path: known ? `${item}/node` : item, values }, null, [], {
        type: type.name,
      });
    }
  }
}

const fieldsOf = (fields: Readonly<Record<string, Field>> | undefined): readonly Field[] =>
  Object.values(fields ?? {});

const isLeafArgument = (one: GraphQLArgument): boolean => {
  const bare = isNonNullType(one.type) ? one.type.ofType : one.type;
  return (
    !isListType(bare) &&
    isScalarType(getNamedType(one.type)) &&
    !/Boolean|Float/.test(getNamedType(one.type).name)
  );
};

const isIdOf = (name: string, entity: Entity | null): boolean =>
  idName.test(name) ||
  (entity !== null && name.replace(/[^a-z\d]/gi, '').toLowerCase() === `${entity.thing}id`);

/** The argument that names the object itself. */
const ownId = (args: readonly GraphQLArgument[], entity: Entity | null): GraphQLArgument | undefined =>
  entity === null ? undefined : args.find((one) => isLeafArgument(one) && isIdOf(one.name, entity));

function writing(one: GraphQLArgument): RemoteValue['as'] {
  const bare = isNonNullType(one.type) ? one.type.ofType : one.type;
  if (isListType(bare)) return 'list';
  const named = getNamedType(one.type);
  if (isInputObjectType(named)) return 'json';
  if (/^(Int|Float|BigInt|Long)$/.test(named.name)) return 'number';
  return named.name === 'Boolean' ? 'boolean' : 'text';
}

interface IdPlace {
  readonly argument: GraphQLArgument;
  /** Field of the input object that holds it; null when the argument itself does. */
  readonly field: string | null;
  readonly as: RemoteValue['as'];
}

function idPlace(field: Field, entity: Entity): IdPlace | null {
  const direct = field.args.find((one) => isLeafArgument(one) && isIdOf(one.name, entity));
  if (direct) return { argument: direct, field: null, as: writing(direct) };
  for (const argument of field.args) {
    const type = getNamedType(argument.type);
    if (!isInputObjectType(type) || !around.test(argument.name)) continue;
    const inner = Object.values(type.getFields()).find(({ name }) => isIdOf(name, entity));
    if (!inner) continue;
    const numeric = /^(Int|BigInt|Long)$/.test(getNamedType(inner.type).name);
    return { argument, field: inner.name, as: numeric ? 'number' : 'text' };
  }
  return null;
}

/** Where the arguments of a mutation come from: one input object is the body itself, several arguments are its fields. */
function bodyOf(
  field: Field,
  place: IdPlace | undefined,
): { readonly values: readonly RemoteValue[]; readonly body: JsonSchema | null } {
  const id: readonly RemoteValue[] = place
    ? [
        place.field === null
          ? { name: place.argument.name, from: 'path', key: 'id', as: place.as }
          : { name: place.field, from: 'path', key: 'id', as: place.as, inside: place.argument.name },
      ]
    : [];
  const onlyId =
    place !== undefined && (place.field === null || /^(where|pk_columns|by|key)$/i.test(place.argument.name));
  const rest = field.args.filter((one) => !(onlyId && one === place?.argument));
  const [single] = rest;
  if (
    single &&
    rest.length === 1 &&
    isInputObjectType(getNamedType(single.type)) &&
    writing(single) === 'json'
  ) {
    const without = place && place.field !== null && place.argument === single ? [place.field] : [];
    const schema = inputSchema(single.type, [...without, 'clientMutationId']);
    return { values: [{ name: single.name, from: 'whole-body', key: '', as: 'json' }, ...id], body: schema };
  }
  if (rest.length === 0) return { values: id, body: null };
  return {
    values: [
      ...rest.map((one): RemoteValue => ({ name: one.name, from: 'body', key: one.name, as: writing(one) })),
      ...id,
    ],
    body: {
      type: 'object',
      properties: Object.fromEntries(rest.map((one) => [one.name, inputSchema(one.type)])),
      required: rest
        .filter((one) => isNonNullType(one.type) && one.defaultValue === undefined)
        .map(({ name }) => name),
      additionalProperties: false,
    },
  };
}
