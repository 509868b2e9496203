import type { JsonSchema } from '@launch-ready/core';
import { isJsonObject } from './json-scalars.ts';

/**
 * A schema without compositions: every part of `allOf`, and the first part of `oneOf` or `anyOf` that is not null. A list of
 * types becomes its first that is not null; a missing type is guessed from what else is said.
 */
export function flatSchema(schema: JsonSchema, depth = 0): JsonSchema {
  if (depth > 6) return schema;
  const { allOf, oneOf, anyOf, ...own } = schema;
  const parts: JsonSchema[] = [own];
  if (Array.isArray(allOf))
    for (const part of allOf) if (isJsonObject(part)) parts.push(flatSchema(part, depth + 1));
  for (const choices of [oneOf, anyOf]) {
    if (!Array.isArray(choices)) continue;
    const constants = choices.filter((choice) => isJsonObject(choice) && 'const' in choice);
    if (constants.length > 1 && constants.length === choices.length) {
      parts.push({ enum: constants.map((choice: JsonSchema) => choice.const) });
      continue;
    }
    const chosen = choices.filter(isJsonObject).find((choice) => choice.type !== 'null');
    if (chosen) parts.push(flatSchema(chosen, depth + 1));
  }
  const merged = parts.reduce(merge);
  return withType(merged);
}

function merge(a: JsonSchema, b: JsonSchema): JsonSchema {
  const required = [
    ...(Array.isArray(a.required) ? a.required : []),
    ...(Array.isArray(b.required) ? b.required : []),
  ];
  const properties = {
    ...(isJsonObject(a.properties) ? a.properties : {}),
    ...(isJsonObject(b.properties) ? b.properties : {}),
  };
  return {
    ...b,
    ...a,
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
  };
}

function withType(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.find((one) => one !== 'null') ?? 'string' };
  if (typeof type === 'string') return schema;
  if (isJsonObject(schema.properties)) return { ...schema, type: 'object' };
  if (schema.items !== undefined) return { ...schema, type: 'array' };
  if (schema.minimum !== undefined || schema.maximum !== undefined) return { ...schema, type: 'number' };
  return schema;
}
