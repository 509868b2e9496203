import type { JsonSchema, RemoteValue } from '@launch-ready/core';
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLField,
} from 'graphql';
import type { Entity } from './entities.ts';
import { inputSchema } from './schema-words.ts';

type Field = GraphQLField<unknown, unknown>;

const idName = /^(_?id|uuid|guid|pk|nodeId|slug|key)$/i;
const around = /^(where|pk_columns|by|filter|key|input|data)$/i;

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
export const ownId = (
  args: readonly GraphQLArgument[],
  entity: Entity | null,
): GraphQLArgument | undefined =>
  entity === null ? undefined : args.find((one) => isLeafArgument(one) && isIdOf(one.name, entity));

/** How text of a path or query is written for an argument. */
export function writing(one: GraphQLArgument): RemoteValue['as'] {
  const bare = isNonNullType(one.type) ? one.type.ofType : one.type;
  if (isListType(bare)) return 'list';
  const named = getNamedType(one.type);
  if (isInputObjectType(named)) return 'json';
  if (/^(Int|Float|BigInt|Long)$/.test(named.name)) return 'number';
  return named.name === 'Boolean' ? 'boolean' : 'text';
}

/** Where a mutation is told the object that it is about. */
export interface IdPlace {
  readonly argument: GraphQLArgument;
  /** Field of the input object that holds it; null when the argument itself does. */
  readonly field: string | null;
  readonly as: RemoteValue['as'];
}

export function idPlace(field: Field, entity: Entity): IdPlace | null {
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
export function bodyOf(
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
