import type { JsonSchema } from '@launch-ready/core';
import { fieldOf, packageOf, textOf, type Value } from './value.ts';

type Mutable = Record<string, unknown>;

/** The JSON schema of what zod, joi, typebox or a plain schema describes, as far as it is simple; null for everything else. */
export function schemaOf(value: Value | undefined, depth = 0): JsonSchema | null {
  if (value === undefined || depth > 6) return null;
  if (value.kind === 'object') return plainSchema(value, depth);
  const module = packageOf(value)?.module ?? '';
  if (
    /^(zod|@hono\/zod-openapi|joi|@hapi\/joi|@sinclair\/typebox|typebox|celebrate|@fastify\/type-provider-typebox)(\/|$)/.test(
      module,
    )
  )
    return builtSchema(value, depth)?.schema ?? null;
  return null;
}

interface Built {
  readonly schema: Mutable;
  readonly optional: boolean;
}

const formats: Readonly<Record<string, Mutable>> = {
  email: { format: 'email' },
  uuid: { format: 'uuid' },
  guid: { format: 'uuid' },
  url: { format: 'uri' },
  uri: { format: 'uri' },
  datetime: { format: 'date-time' },
  isoDate: { format: 'date-time' },
  int: { type: 'integer' },
  integer: { type: 'integer' },
};

function builtSchema(value: Value, depth: number): Built | null {
  if (value.kind !== 'call' || depth > 8) return null;
  const { of, args } = value;
  const name = of.kind === 'member' || of.kind === 'package' ? of.name : '';
  const inner = of.kind === 'member' && of.of.kind === 'call' ? builtSchema(of.of, depth + 1) : null;
  if (inner) return changed(inner, name, args, depth);
  const made = (schema: Mutable): Built => ({ schema, optional: false });
  switch (name.toLowerCase()) {
    case 'object':
    case 'strictobject':
    case 'looseobject':
    case 'keys':
      return made(objectOf(args[0], depth));
    case 'string':
      return made({ type: 'string' });
    case 'email':
    case 'uuid':
    case 'url':
      return made({ type: 'string', ...formats[name.toLowerCase()] });
    case 'number':
      return made({ type: 'number' });
    case 'int':
    case 'integer':
      return made({ type: 'integer' });
    case 'boolean':
      return made({ type: 'boolean' });
    case 'date':
      return made({ type: 'string', format: 'date-time' });
    case 'literal': {
      const [only] = args;
      return made(only?.kind === 'literal' ? { const: only.value } : {});
    }
    case 'enum': {
      const [list] = args;
      const texts = list?.kind === 'list' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
      return made(texts.length > 0 ? { type: 'string', enum: texts } : {});
    }
    case 'array': {
      const items = args[0] ? built(args[0], depth)?.schema : undefined;
      return made({ type: 'array', ...(items ? { items } : {}) });
    }
    case 'optional': {
      const of = args[0] ? built(args[0], depth) : null;
      return { schema: of?.schema ?? {}, optional: true };
    }
    default:
      return made({});
  }
}

const built = (value: Value, depth: number): Built | null =>
  builtSchema(value, depth + 1) ?? wrap(schemaOf(value, depth + 1));
const wrap = (schema: JsonSchema | null): Built | null =>
  schema === null ? null : { schema: { ...schema }, optional: false };

function changed(inner: Built, name: string, args: readonly Value[], depth: number): Built {
  const [first] = args;
  const number = first?.kind === 'literal' && typeof first.value === 'number' ? first.value : null;
  if (name === 'optional' || name === 'nullish' || name === 'default' || name === 'catch')
    return { ...inner, optional: true };
  if (name === 'required') return { ...inner, optional: false };
  if (name === 'valid' || name === 'oneOf')
    return { ...inner, schema: { ...inner.schema, enum: args.flatMap((arg) => textOf(arg) ?? []) } };
  if (name === 'keys' || name === 'extend') {
    const more = objectOf(first, depth);
    const have = inner.schema;
    return {
      ...inner,
      schema: {
        ...have,
        type: 'object',
        properties: { ...asObject(have['properties']), ...asObject(more['properties']) },
        required: [...asList(have['required']), ...asList(more['required'])],
      },
    };
  }
  if (name === 'partial') return { ...inner, schema: { ...inner.schema, required: [] } };
  if ((name === 'min' || name === 'max') && number !== null) {
    const key = inner.schema['type'] === 'string' ? `${name}Length` : `${name}imum`;
    return { ...inner, schema: { ...inner.schema, [key]: number } };
  }
  const format = formats[name];
  return format ? { ...inner, schema: { ...inner.schema, ...format } } : inner;
}

function objectOf(value: Value | undefined, depth: number): Mutable {
  const properties: Mutable = {};
  const required: string[] = [];
  if (value?.kind === 'object') {
    const joi = [...value.fields.values()].some((field) => /joi/.test(packageOf(field)?.module ?? ''));
    for (const [key, field] of value.fields) {
      const part = built(field, depth);
      properties[key] = part?.schema ?? {};
      const asksFor = !joi || (field.kind === 'call' && calls(field).includes('required'));
      if (part !== null && !part.optional && asksFor) required.push(key);
    }
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

function calls(value: Value): readonly string[] {
  const names: string[] = [];
  for (let at = value; at.kind === 'call' || at.kind === 'member'; at = at.of)
    if (at.kind === 'member') names.push(at.name);
  return names;
}

/** A JSON schema written out as an object. */
function plainSchema(value: Extract<Value, { kind: 'object' }>, depth: number): JsonSchema | null {
  const type = fieldOf(value, 'type');
  const properties = fieldOf(value, 'properties');
  if (textOf(type) === null && properties === undefined) return null;
  const plain = plainOf(value, depth);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? { ...plain } : null;
}

function plainOf(value: Value, depth: number): unknown {
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

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
