import type { JsonSchema } from '@launch-ready/core';
import { changedSchema } from './changed-schema.ts';
import { plainOf, plainSchema } from './plain-schema.ts';
import { joinedSchemas } from './joined-schemas.ts';
import { packageOf, textOf, type Value } from './value.ts';

/** Part of a schema while it is put together, and whether its field may be left out. */
export interface Built {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly optional: boolean;
}

const libraries =
  /^(zod|@hono\/zod-openapi|joi|@hapi\/joi|@sinclair\/typebox|typebox|celebrate|@fastify\/type-provider-typebox|yup|valibot)(\/|$)/;
/** Libraries whose fields may be left out unless they say that they are required. */
const lenient = /joi|celebrate|yup/;

/** The JSON schema of what zod, joi, yup, valibot, typebox or a plain schema describes, as far as it is simple; null for all else. */
export function schemaOf(value: Value | undefined, depth = 0): JsonSchema | null {
  if (value === undefined || depth > 6) return null;
  if (value.kind === 'object') return plainSchema(value, depth);
  return libraries.test(packageOf(value)?.module ?? '') ? (builtSchema(value, depth)?.schema ?? null) : null;
}

/** Whether a value comes from a library that describes data. */
export const isSchema = (value: Value): boolean =>
  value.kind === 'call' && libraries.test(packageOf(value)?.module ?? '');

const kinds: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  string: { type: 'string' },
  email: { type: 'string', format: 'email' },
  uuid: { type: 'string', format: 'uuid' },
  url: { type: 'string', format: 'uri' },
  date: { type: 'string', format: 'date-time' },
  number: { type: 'number' },
  int: { type: 'integer' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
};

function builtSchema(value: Value, depth: number): Built | null {
  if (value.kind !== 'call' || depth > 8) return null;
  const { of, args } = value;
  const name = of.kind === 'member' || of.kind === 'package' ? of.name : '';
  const inner = of.kind === 'member' && of.of.kind === 'call' ? builtSchema(of.of, depth + 1) : null;
  if (inner) return changedSchema(inner, name, args, (fields) => objectOf(fields, depth));
  const [first] = args;
  const parts = (list: readonly Value[]): readonly Built[] =>
    list.flatMap((part) => builtIn(part, depth) ?? []);
  const made = (schema: Built['schema']): Built => ({
    // What is turned into the type that is wanted forbids little.
    schema: { ...schema, ...typeboxOptions(value), ...(turns(value) ? { 'x-observed': true } : {}) },
    optional: false,
  });
  const kind = name.toLowerCase();
  const plain = kinds[kind];
  if (plain) return made(plain);
  switch (kind) {
    case 'object':
    case 'strictobject':
    case 'looseobject':
    case 'keys':
      return made(objectOf(first, depth));
    case 'literal':
      return made(first?.kind === 'literal' ? { const: first.value } : {});
    case 'enum':
    case 'picklist':
    case 'nativeenum': {
      const texts = choicesOf(first);
      return made(texts.length > 0 ? { type: 'string', enum: texts } : {});
    }
    case 'array': {
      const items = first ? builtIn(first, depth)?.schema : undefined;
      return made({ type: 'array', ...(items ? { items } : {}) });
    }
    case 'union':
    case 'variant':
    case 'discriminatedunion': {
      const list = args.find((arg) => arg.kind === 'list');
      return made(list?.kind === 'list' ? oneOf(parts(list.items).map(({ schema }) => schema)) : {});
    }
    case 'intersect':
    case 'intersection':
      return made({ allOf: parts(first?.kind === 'list' ? first.items : args).map(({ schema }) => schema) });
    case eitherName:
      return eitherOf(parts(args));
    case 'nullable':
      return (first && builtIn(first, depth)) ?? made({});
    case 'optional':
    case 'nullish': {
      const of = first ? builtIn(first, depth) : null;
      return { schema: of?.schema ?? {}, optional: true };
    }
    // valibot: a schema, and what is checked of it besides.
    case 'pipe': {
      const start = first ? builtIn(first, depth) : null;
      return args
        .slice(1)
        .reduce<Built>(
          (built, step) =>
            step.kind === 'call' && (step.of.kind === 'member' || step.of.kind === 'package')
              ? changedSchema(built, step.of.name, step.args, (fields) => objectOf(fields, depth))
              : built,
          start ?? made({}),
        );
    }
    default:
      return made({});
  }
}

const oneOf = (parts: readonly Built['schema'][]): Built['schema'] =>
  parts.length > 0 ? { anyOf: parts, 'x-observed': true } : {};

function eitherOf(parts: readonly Built[]): Built | null {
  const [first, ...others] = parts;
  if (!first) return null;
  return {
    schema: others.reduce((joined, { schema }) => joinedSchemas(joined, schema), first.schema),
    optional: parts.every(({ optional }) => optional),
  };
}

/** Name of the call that stands for either of two schemas, of which a condition chooses one. */
const eitherName = 'either schema';

/** Either of two schemas; null when one of them is none. */
export function eitherSchema(one: Value, other: Value): Value | null {
  const from = packageOf(one);
  if (!from || one.kind !== 'call' || !isSchema(one) || !isSchema(other)) return null;
  return {
    kind: 'call',
    of: { kind: 'package', module: from.module, name: eitherName },
    args: [one, other],
    at: one.at,
  };
}

/** `z.coerce.number()`, and yup, which always turns values. */
const turns = ({ of }: Extract<Value, { kind: 'call' }>): boolean =>
  (of.kind === 'member' && of.of.kind === 'member' && of.of.name === 'coerce') ||
  /^yup(\/|$)/.test(packageOf(of)?.module ?? '');

/** Texts of a list of choices, or of the values of an enumeration. */
function choicesOf(value: Value | undefined): readonly string[] {
  const items =
    value?.kind === 'list' ? value.items : value?.kind === 'object' ? [...value.fields.values()] : [];
  return items.flatMap((item) => textOf(item) ?? []);
}

/** `Type.String({ minLength: 1 })`: what stands last is JSON schema. */
function typeboxOptions({ of, args }: Extract<Value, { kind: 'call' }>): Built['schema'] {
  const last = args.at(-1);
  if (!/typebox/.test(packageOf(of)?.module ?? '') || last?.kind !== 'object') return {};
  const name = of.kind === 'member' || of.kind === 'package' ? of.name : '';
  const plain = args.length > 1 || !/^(object|partial)$/i.test(name) ? plainOf(last, 0) : {};
  return typeof plain === 'object' && plain !== null ? { ...plain } : {};
}

const builtIn = (value: Value, depth: number): Built | null => {
  const made = builtSchema(value, depth + 1);
  if (made) return made;
  const schema = schemaOf(value, depth + 1);
  return schema && { schema, optional: false };
};

function objectOf(value: Value | undefined, depth: number): Built['schema'] {
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  if (value?.kind === 'object') {
    const mayLack = [...value.fields.values()].some((field) => lenient.test(packageOf(field)?.module ?? ''));
    for (const [key, field] of value.fields) {
      const part = builtIn(field, depth);
      properties[key] = part?.schema ?? {};
      const asksFor = !mayLack || (field.kind === 'call' && callsOf(field).includes('required'));
      if (part !== null && !part.optional && asksFor) required.push(key);
    }
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

function callsOf(value: Value): readonly string[] {
  const names: string[] = [];
  for (let at = value; at.kind === 'call' || at.kind === 'member'; at = at.of)
    if (at.kind === 'member') names.push(at.name);
  return names;
}
