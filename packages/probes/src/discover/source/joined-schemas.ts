import type { JsonSchema } from '@launch-ready/core';

/**
 * Two schemas of which one holds, as one that satisfies both: each field as the stricter of them describes it, and whatever
 * either asks for. A field that they describe in two ways is marked as observed: to break one of them is no fault.
 */
export function joinedSchemas(one: JsonSchema, other: JsonSchema): JsonSchema {
  const [a, b] = [propertiesOf(one), propertiesOf(other)];
  if (a === null || b === null) return stricter(one, other);
  const properties: Record<string, unknown> = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    const before = a[name];
    properties[name] = isSchemaObject(before) && isSchemaObject(schema) ? stricter(before, schema) : schema;
  }
  const required = [...new Set([...namesOf(one['required']), ...namesOf(other['required'])])];
  return { ...one, properties, ...(required.length > 0 ? { required } : {}) };
}

const isSchemaObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const propertiesOf = ({ properties }: JsonSchema): JsonSchema | null =>
  isSchemaObject(properties) ? properties : null;
const namesOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
const isLoose = ({ nullable }: JsonSchema): boolean => nullable === true;

/** The schema that says more; with the longer of two lengths when they differ. */
function stricter(one: JsonSchema, other: JsonSchema): JsonSchema {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  const [chosen, left] =
    isLoose(one) === isLoose(other)
      ? Object.keys(other).length > Object.keys(one).length
        ? [other, one]
        : [one, other]
      : isLoose(one)
        ? [other, one]
        : [one, other];
  const { maxLength, ...rest } = chosen;
  const most =
    typeof maxLength === 'number' && typeof left['maxLength'] === 'number'
      ? { maxLength: Math.max(maxLength, left['maxLength']) }
      : {};
  return { ...rest, ...most, 'x-observed': true };
}
