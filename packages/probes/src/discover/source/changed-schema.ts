import type { Built } from './body-schema.ts';
import { textOf, type Value } from './value.ts';

const formats: Readonly<Record<string, Built['schema']>> = {
  email: { format: 'email' },
  uuid: { format: 'uuid' },
  guid: { format: 'uuid' },
  url: { format: 'uri' },
  uri: { format: 'uri' },
  datetime: { format: 'date-time' },
  isoDate: { format: 'date-time' },
  isoTimestamp: { format: 'date-time' },
  int: { type: 'integer' },
  integer: { type: 'integer' },
  nonempty: { minLength: 1 },
  nonEmpty: { minLength: 1 },
  positive: { minimum: 1 },
  nonnegative: { minimum: 0 },
};
const limits: Readonly<Record<string, 'min' | 'max'>> = {
  min: 'min',
  max: 'max',
  gte: 'min',
  lte: 'max',
  minLength: 'min',
  maxLength: 'max',
  minValue: 'min',
  maxValue: 'max',
};

/** A schema after a method was called on it, such as `max(80)`. */
export function changedSchema(
  inner: Built,
  name: string,
  args: readonly Value[],
  objectOf: (fields: Value | undefined) => Built['schema'],
): Built {
  const [first] = args;
  const have = inner.schema;
  const withSchema = (more: Built['schema']): Built => ({ ...inner, schema: { ...have, ...more } });
  const number = first?.kind === 'literal' && typeof first.value === 'number' ? first.value : null;
  const format = formats[name];
  if (format) return withSchema(format);
  const limit = limits[name];
  if (limit && number !== null)
    return withSchema({ [have['type'] === 'string' ? `${limit}Length` : `${limit}imum`]: number });
  switch (name) {
    case 'optional':
    case 'nullish':
    case 'default':
    case 'catch':
    case 'notRequired':
      return { ...inner, optional: true };
    case 'required':
      return { ...inner, optional: false };
    case 'nullable':
      return withSchema({ nullable: true });
    case 'length':
      return number === null || have['type'] !== 'string'
        ? inner
        : withSchema({ minLength: number, maxLength: number });
    case 'valid':
    case 'oneOf': {
      const list = first?.kind === 'list' ? first.items : args;
      return withSchema({ enum: list.flatMap((arg) => textOf(arg) ?? []) });
    }
    case 'regex':
    case 'matches':
    case 'pattern': {
      const pattern = patternOf(first);
      return pattern === null || have['type'] !== 'string' ? inner : withSchema({ pattern });
    }
    case 'keys':
    case 'extend':
    case 'shape':
    case 'merge':
    case 'and':
    case 'safeExtend': {
      const more = first?.kind === 'call' ? objectOf(shapeOf(first)) : objectOf(first);
      return withSchema({
        type: 'object',
        properties: { ...asObject(have['properties']), ...asObject(more['properties']) },
        required: [...asList(have['required']), ...asList(more['required'])],
      });
    }
    case 'pick':
    case 'omit': {
      const named = new Set(namesIn(args));
      const stays = (field: string): boolean => named.has(field) === (name === 'pick');
      return withSchema({
        properties: Object.fromEntries(
          Object.entries(asObject(have['properties'])).filter(([field]) => stays(field)),
        ),
        required: asList(have['required']).filter((field) => typeof field === 'string' && stays(field)),
      });
    }
    case 'partial':
    case 'deepPartial':
      return withSchema({ required: [] });
    default:
      return inner;
  }
}

/** Fields of the object that a schema of one is made of, as in `a.merge(z.object({ … }))`. */
function shapeOf(value: Value): Value | undefined {
  for (let at: Value = value; at.kind === 'call' || at.kind === 'member'; at = at.of)
    if (at.kind === 'call' && at.args[0]?.kind === 'object') return at.args[0];
  return undefined;
}

/** `{ a: true, b: true }` or `'a', 'b'`. */
const namesIn = (args: readonly Value[]): readonly string[] =>
  args.flatMap((arg) => {
    if (arg.kind === 'object') return [...arg.fields.keys()];
    return arg.kind === 'list' ? namesIn(arg.items) : (textOf(arg) ?? []);
  });

/** Any text but for some characters. */
const nearlyAny = /^\^?\[\^[^\]]+\][*+]\$?$/;

/** A regular expression as it stands in the source, when no flag changes what it means. */
function patternOf(value: Value | undefined): string | null {
  const source = value?.kind === 'unknown' ? /^\/(.+)\/u?$/s.exec(value.text)?.[1] : undefined;
  return source === undefined || nearlyAny.test(source) ? null : source;
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
