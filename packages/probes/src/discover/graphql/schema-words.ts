import type { JsonSchema } from '@launch-ready/core';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';

const scalars: Readonly<Record<string, JsonSchema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
};
const custom: readonly (readonly [RegExp, JsonSchema])[] = [
  [/^(date_?time|timestamp(tz)?|instant|iso8601_?date_?time)$/i, { type: 'string', format: 'date-time' }],
  [/^(local_?date|date|iso8601_?date)$/i, { type: 'string', format: 'date' }],
  [/e_?mail/i, { type: 'string', format: 'email' }],
  [/ur[il]/i, { type: 'string', format: 'uri' }],
  [/^(uuid|guid)$/i, { type: 'string', format: 'uuid' }],
  [/^(big_?int|long|(non)?(negative|positive)int|short|byte)$/i, { type: 'integer' }],
  [/^(decimal|numeric|double|money)$/i, { type: 'number' }],
  [/json|^object$|^any$|^map$/i, {}],
];

/** A scalar in the words of JSON schema; one that nobody knows is text. */
const scalarSchema = (name: string): JsonSchema =>
  scalars[name] ?? custom.find(([pattern]) => pattern.test(name))?.[1] ?? { type: 'string' };

/** An input type in the words of JSON schema. Circles are cut. */
export function inputSchema(type: GraphQLInputType, without: readonly string[] = [], depth = 0): JsonSchema {
  if (isNonNullType(type)) return inputSchema(type.ofType, without, depth);
  if (isListType(type)) return { type: 'array', items: inputSchema(type.ofType, [], depth) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (isScalarType(type)) return scalarSchema(type.name);
  if (!isInputObjectType(type) || depth > 3) return { type: 'object' };
  const fields = Object.values(type.getFields()).filter(({ name }) => !without.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map((field) => [field.name, inputSchema(field.type, [], depth + 1)]),
    ),
    required: fields
      .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
      .map(({ name }) => name),
    additionalProperties: false,
  };
}

/** The leaves of an output type in the words of JSON schema. */
export function outputSchema(type: GraphQLOutputType, depth = 0): JsonSchema {
  if (isNonNullType(type)) return outputSchema(type.ofType, depth);
  if (isListType(type)) return { type: 'array', items: outputSchema(type.ofType, depth) };
  const named = getNamedType(type);
  if (isEnumType(named)) return { type: 'string', enum: named.getValues().map(({ name }) => name) };
  if (isScalarType(named)) return scalarSchema(named.name);
  if (!isObjectType(named) || depth > 2) return { type: 'object' };
  const fields = Object.values(named.getFields()).filter(
    (field) => field.args.every((one) => !isNonNullType(one.type)) && !field.name.startsWith('__'),
  );
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, outputSchema(field.type, depth + 1)])),
  };
}
