import type { JsonSchema } from '@launch-ready/core';
import { fieldOf, textOf, type Value } from './value.ts';

/** A JSON schema written out as an object; null when the object is none. */
export function plainSchema(value: Extract<Value, { kind: 'object' }>, depth: number): JsonSchema | null {
  const type = fieldOf(value, 'type');
  const properties = fieldOf(value, 'properties');
  if (textOf(type) === null && properties === undefined) return null;
  const plain = plainOf(value, depth);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? { ...plain } : null;
}

/** What a value is, where it is written out; undefined for all else. */
export function plainOf(value: Value, depth: number): unknown {
  if (depth > 10) return undefined;
  if (value.kind === 'literal') return value.value;
  if (value.kind === 'list') return value.items.map((item) => plainOf(item, depth + 1));
  if (value.kind !== 'object') return undefined;
  return Object.fromEntries(
    [...value.fields].flatMap(([key, field]) => {
      const plain = plainOf(field, depth + 1);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}
