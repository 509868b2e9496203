import type { JsonSchema, Operation } from '@launch-ready/core';

/** Lower-case words of a name in camelCase, snake_case or kebab-case. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

/** Path segments that are not slots. */
export const literalSegments = (path: string): readonly string[] =>
  path.split('/').filter((segment) => segment !== '' && !segment.includes('{'));

/** Last path segment that is not a slot, in lower case without separators: `signOut` and `sign-out` are the same. */
export const lastLiteral = (path: string): string =>
  (literalSegments(path).at(-1) ?? '').toLowerCase().replace(/[^a-z\d]/g, '');

/** Whether some word of the path, or of the summary, fits. */
export const mentions = (operation: Operation, pattern: RegExp): boolean =>
  [...literalSegments(operation.path), operation.summary ?? '']
    .flatMap(wordsOf)
    .some((word) => pattern.test(word));

export interface BodyField {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of the JSON body that the document declares, those of `allOf` included; empty when it declares none. */
export function bodyFields(operation: Operation): readonly BodyField[] {
  return fieldsOf(operation.body?.schema);
}

export function fieldsOf(schema: unknown): readonly BodyField[] {
  if (!isRecord(schema)) return [];
  const parts = Array.isArray(schema['allOf']) ? schema['allOf'].flatMap(fieldsOf) : [];
  const options = ['oneOf', 'anyOf'].flatMap((key) =>
    Array.isArray(schema[key]) ? schema[key].slice(0, 1).flatMap(fieldsOf) : [],
  );
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const own = Object.entries(properties).map(([name, property]) => ({
    name,
    schema: isRecord(property) ? property : {},
    required: required.includes(name),
  }));
  const byName = new Map<string, BodyField>();
  for (const field of [...parts, ...options, ...own]) byName.set(field.name, field);
  return [...byName.values()];
}
