import type { JsonSchema } from '@launch-ready/core';
import { dialCodes } from './dial-codes.ts';
import { fileWith, likelyFile } from './file-value.ts';
import { afterPattern } from './after-pattern.ts';
import { shortestCanary } from './canary.ts';

/** A value for one field of a body, and the canary inside it if one fits. */
export interface FieldValue {
  readonly value: unknown;
  readonly canary: string | null;
}

export interface FieldTools {
  /** A fresh canary of 17 characters for this field. */
  readonly canary: (pointer: string) => string;
  /** The same canary in 13 characters. */
  readonly shorten: (canary: string) => string;
  /** A fresh canary of nine digits, for what takes no letters. */
  readonly digits: () => string;
  /** A number below this one, for texts made after a pattern. */
  readonly below: (limit: number) => number;
  readonly uuid: () => string;
  /** Domain for made-up mail addresses; links and host names are made up below a name that nobody can have. */
  readonly mailDomain: string;
}

/** Host of made-up links: applications fetch what they are given, and this name is never resolved (RFC 6761, section 6.4). */
const nowhere = 'lr.invalid';

/** Text formats that a canary can be dressed up as. */
export type TextForm = 'text' | 'email' | 'url' | 'slug' | 'password' | 'phone' | 'file-name';

export interface TextShape {
  readonly form: TextForm;
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern: string | null;
}

/** Dresses a fresh canary up as this text; null when the shape leaves no room for one. */
function canaryText(shape: TextShape, pointer: string, tools: FieldTools): FieldValue | null {
  if (shape.form === 'phone') return numberText(shape, tools);
  const full = tools.canary(pointer);
  for (const canary of [full, tools.shorten(full)]) {
    for (const text of [...dressed(canary, shape.form, tools.mailDomain), ...framed(canary, shape.pattern)]) {
      const padded =
        text.length < shape.minLength && shape.form !== 'email' ? text.padEnd(shape.minLength, 'a') : text;
      if (padded.length < shape.minLength || padded.length > shape.maxLength || !fits(padded, shape.pattern))
        continue;
      return { value: padded, canary: padded.toLowerCase().includes(canary) ? canary : null };
    }
  }
  // Digits are markers only where nothing else is taken: they are weaker.
  return shape.pattern === null || /[a-z]/i.test(shape.pattern.replace(/\\./g, ''))
    ? null
    : numberText(shape, tools);
}

/** A text of this shape, with a canary where there is room for one; null when none can be made. */
export function textOfShape(shape: TextShape, pointer: string, tools: FieldTools): FieldValue | null {
  const marked = canaryText(shape, pointer, tools);
  if (marked !== null || shape.pattern === null) return marked;
  const plain = afterPattern(shape.pattern, shape, tools.below);
  return plain === null ? null : { value: plain, canary: null };
}

/** Nine digits in the usual ways to write a telephone number, or alone. */
function numberText(shape: TextShape, tools: FieldTools): FieldValue | null {
  const digits = tools.digits();
  const codes = dialCodes.map((code) => `${code}${digits}`);
  const text = [...codes.slice(0, 2).map((one) => `+${one}`), ...codes, digits].find(
    (one) => one.length >= shape.minLength && one.length <= shape.maxLength && fits(one, shape.pattern),
  );
  return text === undefined ? null : { value: text, canary: digits };
}

/** The canary between the letters that a pattern begins and ends with: `^INV-[a-z\d]+$`. */
function framed(canary: string, pattern: string | null): readonly string[] {
  if (pattern === null) return [];
  const start = /^\^?((?:[\w\-/@:#]|\\[-./])+)(?![?*+{|])/.exec(pattern)?.[1] ?? '';
  const end = /((?:[\w\-@:#]|\\[-./])+)\$$/.exec(pattern)?.[1] ?? '';
  const plain = (text: string): string => text.replace(/\\(.)/g, '$1');
  const bodies = [canary, canary.toUpperCase(), `A${canary}`];
  return bodies.flatMap((body) => [
    `${plain(start)}${body}`,
    `${plain(start)}${body}${plain(end)}`,
    `${body}${plain(end)}`,
  ]);
}

function dressed(canary: string, form: TextForm, mailDomain: string): readonly string[] {
  switch (form) {
    case 'email':
      return [`${canary}@${mailDomain}`];
    case 'url':
      return [`https://${nowhere}/${canary}`];
    case 'slug':
      return [canary];
    case 'password':
      return [`Aa1!${canary}`];
    case 'file-name':
      return [`${canary}.txt`, `${canary}.png`, `${canary}.csv`, canary];
    case 'phone':
      return [];
    case 'text':
      return [canary, canary.toUpperCase()];
  }
}

function fits(text: string, pattern: string | null): boolean {
  if (pattern === null) return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What a string schema asks of its text. */
function textShape(schema: JsonSchema, name: string): TextShape {
  const format = string(schema.format) ?? '';
  const form: TextForm =
    format === 'email' || format === 'idn-email' || (format === '' && /e-?mail/i.test(name))
      ? 'email'
      : /^(uri|url|iri)/.test(format) || (format === '' && /(url|uri|website|link|href)$/i.test(name))
        ? 'url'
        : format === 'password' || /password|passwd/i.test(name)
          ? 'password'
          : /slug|handle|username|subdomain/i.test(name) || format === 'slug'
            ? 'slug'
            : format === 'phone' || format === 'tel' || /phone|mobile|(^|_)tel$/i.test(name)
              ? 'phone'
              : /file_?name$/i.test(name)
                ? 'file-name'
                : 'text';
  return {
    form,
    minLength: number(schema.minLength) ?? 0,
    maxLength: number(schema.maxLength) ?? 10_000,
    pattern: string(schema.pattern),
  };
}

const simpleTexts = [
  'abc',
  'abcdef',
  'ABC',
  '#3366cc',
  '12345',
  'a1',
  'en',
  'USD',
  '+12025550123',
  'UTC',
  'Abc1',
  'a',
  '1',
];

/** A plain valid text without a canary, for shapes that have no room for one. */
export function plainText(schema: JsonSchema, below?: (limit: number) => number): string | null {
  const examples = Array.isArray(schema.examples) ? schema.examples : [];
  const given = [schema.example, ...examples, schema.default].map(string);
  const { minLength, maxLength, pattern } = textShape(schema, '');
  const fitting = [...given, ...simpleTexts, 'a'.repeat(Math.max(1, Math.min(minLength, 200)))].find(
    (text) => text !== null && text.length >= minLength && text.length <= maxLength && fits(text, pattern),
  );
  return fitting ?? (pattern === null ? null : afterPattern(pattern, { minLength, maxLength }, below));
}

const nothing = (value: string): FieldValue => ({ value, canary: null });

/** A string value for a schema: dated, identified, or marked with a canary where one fits. */
export function stringValue(
  schema: JsonSchema,
  name: string,
  pointer: string,
  tools: FieldTools,
): FieldValue | null {
  switch (schema.format) {
    case 'date':
      return nothing('2030-01-15');
    case 'date-time':
      return nothing('2030-01-15T10:00:00.000Z');
    case 'time':
      return nothing('10:00:00Z');
    case 'duration':
      return nothing('PT1H');
    case 'uuid':
      return nothing(tools.uuid());
    case 'ipv4':
      return nothing('192.0.2.1');
    case 'ipv6':
      return nothing('2001:db8::1');
    case 'hostname':
      return nothing(nowhere);
    case 'binary':
      return fileField(schema, name, pointer, tools);
    case 'byte': {
      const canary = tools.canary(pointer);
      return { value: Buffer.from(canary).toString('base64'), canary };
    }
    default: {
      const shape = textShape(schema, name);
      const marked = shape.maxLength >= shortestCanary ? canaryText(shape, pointer, tools) : null;
      if (marked) return marked;
      const plain = plainText(schema, tools.below);
      return plain === null ? null : nothing(plain);
    }
  }
}

/** A file with a canary in its name and its bytes. */
function fileField(schema: JsonSchema, name: string, pointer: string, tools: FieldTools): FieldValue {
  const canary = tools.canary(pointer);
  const value = fileWith(canary, likelyFile(name, string(schema.contentMediaType)));
  return { value, canary };
}

/** Nine random digits for a number field that holds no amount: telephone, account and reference numbers. */
export function numberCanary(schema: JsonSchema, name: string, tools: FieldTools): FieldValue | null {
  if (!/phone|mobile|account_?(no|number)|reference_?(no|number)|tax_?id|vat_?(no|number)/i.test(name))
    return null;
  const most = number(schema.maximum) ?? number(schema.exclusiveMaximum) ?? Infinity;
  if (most < 1_000_000_000 || schema.multipleOf !== undefined) return null;
  const digits = tools.digits();
  return { value: Number(digits), canary: digits };
}

/** A valid number: the least allowed one that is at least 1 when the bounds permit. */
export function numberValue(schema: JsonSchema): number {
  const step = number(schema.multipleOf) ?? 1;
  const exclusive = number(schema.exclusiveMinimum);
  const least = Math.max(
    number(schema.minimum) ?? -Infinity,
    exclusive === null ? -Infinity : exclusive + step,
  );
  const most = Math.min(
    number(schema.maximum) ?? Infinity,
    (number(schema.exclusiveMaximum) ?? Infinity) - (schema.exclusiveMaximum === undefined ? 0 : step),
  );
  const wish = number(schema.example) ?? number(schema.default) ?? 1;
  const bounded = Math.min(Math.max(wish, least), most);
  const rounded = Math.ceil(bounded / step) * step;
  return Number.isFinite(rounded) && rounded <= most ? rounded : bounded;
}
