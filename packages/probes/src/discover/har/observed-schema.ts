import type { JsonSchema } from '@launch-ready/core';

const secretKey =
  /pass|pwd|secret|token|jwt|cookie|session|csrf|otp|pin$|api_?key|authorization|credential|signature|card|cvv|iban|ssn/i;
const choiceKey =
  /^(.*[_-])?(status|state|type|kind|role|visibility|category|currency|locale|lang|language|color|colour|priority|level|plan|scope|mode|order|sort|access|privacy|theme|timezone|country|unit|format|gender)$|(Status|State|Type|Kind|Role|Visibility|Category|Currency|Locale|Language|Priority|Level|Mode|Scope|Privacy)$/;
const deepest = 8;

const formats: readonly (readonly [string, RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['uri', /^https?:\/\/\S+$/],
];

/**
 * A schema that fits all observed values: types, formats, and what was always there as required. Values stay out, except
 * single words of fields that offer a choice; of fields that sound secret nothing stays but the type. `x-observed` says that
 * nobody declared it, so that breaking it is no fault by itself.
 */
export function observedSchema(values: readonly unknown[], key = '', depth = 0): JsonSchema {
  const present = values.filter((value) => value !== undefined);
  const solid = present.filter((value) => value !== null);
  const nullable = solid.length < present.length;
  const schema = { ...(solid.length === 0 ? {} : schemaOf(solid, key, depth)), 'x-observed': true };
  if (!nullable) return schema;
  const type = 'type' in schema ? schema.type : undefined;
  return typeof type === 'string'
    ? { ...schema, type: [type, 'null'] }
    : solid.length === 0
      ? { type: 'null' }
      : schema;
}

function schemaOf(values: readonly unknown[], key: string, depth: number): JsonSchema {
  if (depth > deepest) return {};
  if (values.every((value) => typeof value === 'boolean')) return { type: 'boolean' };
  if (values.every((value) => typeof value === 'number')) {
    const type = values.every((value) => Number.isInteger(value)) ? 'integer' : 'number';
    return secretKey.test(key) ? { type } : { type, example: values[0] };
  }
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === values.length) return textSchema(texts, key);
  const lists = values.filter((value): value is readonly unknown[] => Array.isArray(value));
  if (lists.length === values.length) {
    const items = lists.flatMap((list) => list.slice(0, 50));
    return { type: 'array', items: items.length === 0 ? {} : observedSchema(items, key, depth + 1) };
  }
  if (lists.length > 0 || values.some((value) => typeof value !== 'object')) return {};
  const objects = values.map((value) => Object.entries(value ?? {}));
  const names = [...new Set(objects.flatMap((entries) => entries.map(([name]) => name)))];
  const properties = Object.fromEntries(
    names.map((name) => {
      const inner = objects.map((entries) => entries.find(([own]) => own === name)?.[1]);
      return [name, observedSchema(inner, name, depth + 1)] as const;
    }),
  );
  const required = names.filter((name) => objects.every((entries) => entries.some(([own]) => own === name)));
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

function textSchema(texts: readonly string[], key: string): JsonSchema {
  if (secretKey.test(key))
    return /pass|pwd/i.test(key) ? { type: 'string', format: 'password' } : { type: 'string' };
  const format = formats.find(([, pattern]) => texts.every((text) => pattern.test(text)))?.[0];
  if (format !== undefined) return { type: 'string', format };
  const words = [...new Set(texts)];
  const choice =
    choiceKey.test(key) && words.length <= 8 && words.every((text) => /^[A-Za-z][\w.-]{0,30}$/.test(text));
  return choice ? { type: 'string', examples: words } : { type: 'string' };
}

/** The same schema without any value: values of answers are other people's data. */
export function withoutExamples(schema: JsonSchema): JsonSchema {
  const clean = (value: unknown, isSchema: boolean): unknown => {
    if (Array.isArray(value)) return value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !isSchema || (key !== 'example' && key !== 'examples'))
        .map(([key, inner]) => [key, clean(inner, !(isSchema && key === 'properties'))]),
    );
  };
  const cleaned = clean(schema, true);
  return typeof cleaned === 'object' && cleaned !== null ? Object.fromEntries(Object.entries(cleaned)) : {};
}
