import type { inputMutations, Operation } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { KeptSign } from './kept-value.ts';
import { bodyPlace, type BodyTarget } from './body-target.ts';

type Mutation = (typeof inputMutations)[number];

/** A bad request, with how to tell from the stored object that the bad part was kept. */
export interface BadBody {
  readonly mutation: Mutation;
  readonly field: string | null;
  readonly body: OutgoingBody;
  /** How the stored object shows that the bad value was kept. */
  readonly kept: KeptSign;
}

const overLong = 100_000;
const oversized = 2 * 1024 * 1024;
const depth = 2000;
const shortName =
  /^(title|name|slug|subject|label|headline|username|handle|displayname|firstname|lastname)$/i;

/** Names of texts that are written to be read, which are the longest of a body. */
const proseName =
  /^(body|text|content|description|message|comment|notes?|bio|about|summary|details?|caption)$/i;

/** The text that the document holds to the least; the first of several. */
const freest = (texts: readonly BodyTarget[]): BodyTarget | undefined =>
  texts.toSorted((a, b) => b.freedom - a.freedom)[0];

/** What bad bodies are made for: `create` and `update` of one object, and whether the dear general ones are wanted. */
export interface BadBodyOrder {
  readonly operation: Operation;
  readonly value: unknown;
  readonly partial: boolean;
  readonly general: boolean;
  /** Only what each field must be checked for by itself, where others stand for the rest. */
  readonly brief: boolean;
}

const text = (raw: string, contentType = 'application/json'): OutgoingBody => ({
  kind: 'text',
  text: raw,
  contentType,
});

const never: KeptSign = { kind: 'none' };

/** Bad variants of a good JSON body. Only what the document forbids counts as kept. */
export function badBodies({ operation, value, partial, general, brief }: BadBodyOrder): readonly BadBody[] {
  const { wrapper, fields, unsent } = bodyPlace(operation, value);
  const inner = wrapper !== null && isJsonObject(value) ? value[wrapper] : value;
  const base = isJsonObject(inner) ? inner : {};
  const wrap = (object: unknown): unknown => (wrapper === null ? object : { [wrapper]: object });
  const json = (object: unknown): OutgoingBody => ({ kind: 'json', value: wrap(object) });
  const list: BadBody[] = [];

  const texts = fields.filter((field) => field.type === 'string');
  const wrongTypes = [
    texts[0],
    fields.find((field) => field.type === 'number'),
    fields.find((field) => field.type === 'boolean'),
    ...texts.slice(1),
  ];
  for (const field of wrongTypes.filter((one) => one !== undefined).slice(0, brief ? 1 : 3)) {
    const bad = wrongValue(field);
    list.push({
      mutation: 'wrong-type',
      field: field.name,
      body: json({ ...base, [field.name]: bad }),
      kept: field.declared ? { kind: 'same', value: bad } : never,
    });
  }
  const required = fields.filter((field) => field.required);
  const [must] = required;
  if (must !== undefined && !partial) {
    const { [must.name]: _left, ...rest } = base;
    list.push({
      mutation: 'missing-field',
      field: must.name,
      body: json(rest),
      kept: must.nullable ? never : { kind: 'null' },
    });
    // Each column has a constraint of its own.
    for (const field of brief ? [must] : required.slice(0, 3)) {
      list.push({
        mutation: 'null-field',
        field: field.name,
        body: json({ ...base, [field.name]: null }),
        kept: field.nullable ? never : { kind: 'null' },
      });
    }
  }
  const same = (mutation: Mutation, field: BodyTarget, value: unknown): void =>
    void list.push({
      mutation,
      field: field.name,
      body: json({ ...base, [field.name]: value }),
      kept: { kind: 'same', value },
    });
  const stated = [...fields, ...unsent];
  for (const field of stated.filter(({ beyond }) => beyond !== null).slice(0, 2))
    same('out-of-range', field, field.beyond);
  for (const field of stated.filter(({ listed }) => listed).slice(0, 2))
    same('unlisted-value', field, 'lr-not-listed');
  for (const field of stated.filter(({ format, listed }) => format !== null && !listed).slice(0, 1))
    same('wrong-format', field, 'none of that kind');
  const long =
    texts.find((field) => field.maxLength !== null && field.maxLength < overLong) ??
    texts.find((field) => shortName.test(field.name)) ??
    texts[0];
  if (long !== undefined) {
    const forbidden = (long.maxLength !== null && long.maxLength < overLong) || shortName.test(long.name);
    list.push({
      mutation: 'over-long',
      field: long.name,
      body: json({ ...base, [long.name]: 'l'.repeat(overLong) }),
      kept: forbidden ? { kind: 'long', length: overLong } : never,
    });
  }
  const free = freest([...texts, ...unsent.filter(({ name }) => proseName.test(name))]);
  if (free !== undefined) {
    const sent = base[free.name];
    list.push({
      mutation: 'nul-byte',
      field: free.name,
      body: json({ ...base, [free.name]: `${typeof sent === 'string' ? sent : 'text'}\u0000x` }),
      // No document forbids the character; only failing on it is a fault.
      kept: never,
    });
  }
  if (brief || partial) return list;

  if (free !== undefined) {
    const mark = 'launch-ready-nested';
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    const raw = JSON.stringify(wrap({ ...base, [free.name]: mark })).replace(`"${mark}"`, () => nested);
    list.push({
      mutation: 'deep-nesting',
      field: free.name,
      body: text(raw),
      kept: free.declared ? { kind: 'list' } : never,
    });
    list.push({
      mutation: 'oversized-body',
      field: free.name,
      body: json({ ...base, [free.name]: 's'.repeat(oversized) }),
      kept: { kind: 'long', length: oversized },
    });
  }
  if (general) {
    list.push({
      mutation: 'broken-json',
      field: null,
      body: text(JSON.stringify(value).slice(0, -2)),
      kept: never,
    });
    list.push({
      mutation: 'wrong-content-type',
      field: null,
      body: text(JSON.stringify(value), 'application/xml'),
      kept: never,
    });
    const raw = JSON.stringify(base).slice(0, -1);
    const keys = '"__proto__":{"lr":"x"},"constructor":{"prototype":{"lr":"x"}}';
    const polluted = `${raw}${raw === '{' ? '' : ','}${keys}}`;
    list.push({
      mutation: 'prototype-keys',
      field: null,
      body: text(wrapper === null ? polluted : `{${JSON.stringify(wrapper)}:${polluted}}`),
      kept: never,
    });
    list.push({
      mutation: 'huge-list',
      field: null,
      body: text(`[${Array.from({ length: 10_000 }, () => 0).join()}]`),
      kept: never,
    });
  }
  return list;
}

function wrongValue(field: BodyTarget): unknown {
  if (field.type === 'string') return { launch: 'ready' };
  return field.type === 'number' ? 'not a number' : 'neither';
}
