import type { JsonSchema, Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import { fieldsOf } from '../lifecycle/operation-words.ts';
import { freedomOf } from './input-order.ts';

/** A field of a body that can be made bad, with what the document says of it. */
export interface BodyTarget {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  /** The document states the type, so that another one is forbidden. */
  readonly declared: boolean;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly maxLength: number | null;
  /** How long a text it may be: 0 where the document holds it to a list, a format or a pattern. */
  readonly freedom: number;
  /** A number that the document forbids by its least or greatest value; null where it states none. */
  readonly beyond: number | null;
  /** The document lists the values that are allowed. */
  readonly listed: boolean;
  /** The document states this format, and it is one that every text can be told by. */
  readonly format: string | null;
}

/** Formats of JSON schema (2020-12, section 7.3) of which a text without any of their signs is surely none. */
const plainFormats = ['email', 'date', 'date-time', 'uuid', 'uri', 'ipv4'];

/** The object inside a body that holds its fields: the body itself, or what a single wrapper such as `data` holds. */
export interface BodyPlace {
  readonly wrapper: string | null;
  readonly fields: readonly BodyTarget[];
  /** Declared fields that the body leaves out. */
  readonly unsent: readonly BodyTarget[];
}

export function bodyPlace(operation: Operation, value: unknown): BodyPlace {
  if (!isJsonObject(value)) return { wrapper: null, fields: [], unsent: [] };
  const schema = flatSchema(operation.body?.schema ?? {});
  const [[only, inner] = ['', null], ...more] = Object.entries(value);
  if (more.length === 0 && isJsonObject(inner)) {
    const nested = isJsonObject(schema.properties) ? schema.properties[only] : undefined;
    const own = isJsonObject(nested) ? flatSchema(nested) : {};
    return { wrapper: only, fields: targets(own, inner), unsent: unsent(own, inner) };
  }
  return { wrapper: null, fields: targets(schema, value), unsent: unsent(schema, value) };
}

/** Fields that the body leaves out, with a value of their declared type in their place. */
function unsent(schema: JsonSchema, value: JsonObject): readonly BodyTarget[] {
  const samples = new Map<unknown, unknown>([
    ['string', 'text'],
    ['number', 1],
    ['integer', 1],
  ]);
  const left = fieldsOf(schema).filter(
    (field) => !(field.name in value) && field.schema['readOnly'] !== true,
  );
  const filled = left.flatMap((field): readonly (readonly [string, unknown])[] => {
    const sample = samples.get(flatSchema(field.schema).type);
    return sample === undefined ? [] : [[field.name, sample]];
  });
  return targets(schema, Object.fromEntries(filled));
}

function targets(schema: JsonSchema, value: JsonObject): readonly BodyTarget[] {
  const declared = new Map(fieldsOf(schema).map((field) => [field.name, field]));
  return Object.entries(value).flatMap(([name, one]): readonly BodyTarget[] => {
    const field = declared.get(name);
    const raw = field?.schema ?? {};
    const flat = flatSchema(raw);
    const said = flat.type === 'integer' ? 'number' : flat.type;
    const type = typeof one;
    const observed = raw['x-observed'] === true;
    if (type !== 'string' && type !== 'number' && type !== 'boolean') return [];
    return [
      {
        name,
        type,
        // What was only seen in recorded traffic forbids nothing.
        declared: said === type && !Array.isArray(raw.type) && !observed,
        required: field?.required ?? false,
        nullable: isNullable(raw) || observed,
        maxLength: typeof flat.maxLength === 'number' ? flat.maxLength : null,
        freedom: type === 'string' ? freedomOf(raw) : 0,
        beyond: type === 'number' && !observed ? beyond(flat) : null,
        listed: type === 'string' && !observed && Array.isArray(flat.enum) && flat.enum.length > 0,
        format:
          type === 'string' &&
          !observed &&
          typeof flat.format === 'string' &&
          plainFormats.includes(flat.format)
            ? flat.format
            : null,
      },
    ];
  });
}

function isNullable(schema: JsonSchema): boolean {
  if (schema.nullable === true || (Array.isArray(schema.type) && schema.type.includes('null'))) return true;
  return ['anyOf', 'oneOf'].some((key) => {
    const list = schema[key];
    return Array.isArray(list) && list.some((one) => isJsonObject(one) && one.type === 'null');
  });
}

/** A number outside of what a schema allows: below its least value, else above its greatest. */
function beyond(schema: JsonSchema): number | null {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number') return Math.floor(minimum) - 5;
  if (typeof exclusiveMinimum === 'number') return Math.floor(exclusiveMinimum) - 5;
  if (typeof maximum === 'number') return Math.ceil(maximum) + 5;
  return typeof exclusiveMaximum === 'number' ? Math.ceil(exclusiveMaximum) + 5 : null;
}
