import type { BodyShape, JsonSchema } from '@launch-ready/core';
import type { Canary } from '../ledger/ledger.ts';
import {
  textOfShape,
  numberCanary,
  numberValue,
  stringValue,
  type FieldTools,
  type FieldValue,
  type TextShape,
} from './field-value.ts';
import { fileWith, type FileKind } from './file-value.ts';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';
import { isReferenceName, isServerMade } from '../access/names.ts';
import { decidesExposure, exposureChoice, privateFlag, weakestRole } from './private-choice.ts';

/** What an answer of the application taught about one field. */
export type Directive =
  | { readonly kind: 'drop' }
  /** It is wanted, as the document describes it. */
  | { readonly kind: 'needed' }
  | { readonly kind: 'text'; readonly shape: TextShape }
  | { readonly kind: 'fixed'; readonly value: unknown }
  | { readonly kind: 'reference' }
  | { readonly kind: 'file'; readonly as: FileKind };

/** How to make a body that an operation accepts, with fresh canaries each time. */
export interface BodyRecipe {
  readonly shape: BodyShape | null;
  /** By JSON pointer. */
  readonly directives: ReadonlyMap<string, Directive>;
  /** Properties that everything is put below, learnt from an answer: `data`. */
  readonly wrapper: string | null;
}

export interface BodyTools extends FieldTools {
  /** Id of an object of ours that a field of this name refers to; null when there is none. */
  readonly reference: (name: string) => string | null;
}

export interface MadeBody {
  readonly value: unknown;
  readonly canaries: readonly Canary[];
  /** Some field of it decides who of the tenant may see the object. */
  readonly decidesExposure: boolean;
}

/**
 * `create` fills everything that can carry a canary and lets the whole tenant see the object where the document has a choice;
 * `create-private` lets as few see it as can be; `update` leaves alone what is not required and carries no canary.
 */
export type BodyPurpose = 'create' | 'create-private' | 'update';

const deepest = 5;
const wrapperName = /^(data|attributes|payload|fields|input|item|object|params)$/i;

export function makeBody(recipe: BodyRecipe, purpose: BodyPurpose, tools: BodyTools): MadeBody {
  const canaries: Canary[] = [];
  const creates = purpose !== 'update';
  let exposureDecided = false;
  const note = (field: FieldValue | null, pointer: string): unknown => {
    if (field === null) return undefined;
    if (field.canary !== null) canaries.push({ value: field.canary, pointer });
    return field.value;
  };

  const directed = (
    directive: Exclude<Directive, { kind: 'needed' }>,
    name: string,
    pointer: string,
  ): unknown => {
    switch (directive.kind) {
      case 'drop':
        return undefined;
      case 'fixed':
        return directive.value;
      case 'reference':
        return tools.reference(name) ?? undefined;
      case 'file': {
        const canary = tools.canary(pointer);
        return note({ value: fileWith(canary, directive.as), canary }, pointer);
      }
      case 'text':
        return note(textOfShape(directive.shape, pointer, tools), pointer);
    }
  };

  const field = (raw: JsonSchema, name: string, pointer: string, declared: boolean): unknown => {
    const directive = recipe.directives.get(pointer);
    if (directive && directive.kind !== 'needed') return directed(directive, name, pointer);
    const required = declared || directive !== undefined;
    // Documents often list every column as input. Until the application asks for it, the server's own fields stay out.
    if (isServerMade(name) && directive === undefined) return undefined;
    const schema = flatSchema(raw);
    if (schema.readOnly === true) return undefined;
    if ('const' in schema) return required ? schema.const : undefined;
    if (Array.isArray(schema.enum)) {
      const choices = schema.enum.filter((choice) => choice !== null);
      const role = weakestRole(name, choices);
      if (role !== undefined && (required || creates)) return role;
      const given = required ? (schema.default ?? choices[0]) : undefined;
      if (!decidesExposure(name, choices)) return given;
      exposureDecided = true;
      if (!creates && !required) return undefined;
      return exposureChoice(purpose === 'create-private' ? 'private' : 'shared', choices) ?? given;
    }
    switch (schema.type) {
      case 'object':
        return object(schema, name, pointer, required);
      case 'array':
        return array(schema, name, pointer, required);
      case 'boolean': {
        const hidden = privateFlag(name);
        exposureDecided ||= hidden !== undefined;
        if (hidden !== undefined && purpose === 'create-private') return hidden;
        return required ? (schema.default ?? false) : undefined;
      }
      case 'integer':
      case 'number': {
        if (!required && !isReferenceName(name) && numberCanary(schema, name, tools) === null)
          return undefined;
        const id =
          isReferenceName(name) && (required || creates)
            ? Number(tools.reference(name) ?? Number.NaN)
            : Number.NaN;
        if (Number.isSafeInteger(id)) return id;
        const marked = numberCanary(schema, name, tools);
        return required || marked
          ? note(marked ?? { value: numberValue(schema), canary: null }, pointer)
          : undefined;
      }
      default: {
        if (isReferenceName(name) || schema.format === 'uuid') {
          const known = required ? tools.reference(name) : null;
          if (known !== null) return known;
          return required ? note(stringValue(schema, name, pointer, tools), pointer) : undefined;
        }
        const made = stringValue(schema, name, pointer, tools);
        return required || made?.canary != null ? note(made, pointer) : undefined;
      }
    }
  };

  const object = (schema: JsonSchema, name: string, pointer: string, required: boolean): unknown => {
    const depth = pointer.split('/').length - 1;
    if (depth > deepest || (!required && !wrapperName.test(name))) return undefined;
    const needed = Array.isArray(schema.required) ? schema.required : [];
    const made: Record<string, unknown> = {};
    const properties = isJsonObject(schema.properties) ? schema.properties : {};
    const learnt = [...recipe.directives.keys()]
      .filter((key) => key.startsWith(`${pointer}/`) && !key.slice(pointer.length + 1).includes('/'))
      .map((key) => key.slice(pointer.length + 1));
    for (const key of new Set([
      ...Object.keys(properties),
      ...learnt,
      ...needed.filter((one) => typeof one === 'string'),
    ])) {
      const inner = properties[key];
      const value = field(isJsonObject(inner) ? inner : {}, key, `${pointer}/${key}`, needed.includes(key));
      if (value !== undefined) made[key] = value;
    }
    return made;
  };

  const array = (schema: JsonSchema, name: string, pointer: string, required: boolean): unknown => {
    if (!required) return undefined;
    const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
    if (least === 0) return [];
    const item = field(isJsonObject(schema.items) ? schema.items : {}, name, `${pointer}/0`, true);
    return item === undefined ? [] : [item];
  };

  const schema = flatSchema(recipe.shape?.schema ?? {});
  const isEmpty = Object.keys(schema).length === 0;
  const root: JsonSchema = isEmpty ? schemaOf(recipe.shape?.example) : schema;
  const start = recipe.wrapper === null ? '' : `/${recipe.wrapper}`;
  const wholeText = root.type === 'string' ? note(stringValue(root, '', '', tools), '') : undefined;
  const value =
    wholeText !== undefined
      ? wholeText
      : root.type === 'array'
        ? array({ minItems: 1, ...root }, '', start, true)
        : object(root, '', start, true);
  return {
    value: recipe.wrapper === null ? value : { [recipe.wrapper]: value },
    canaries,
    decidesExposure: exposureDecided,
  };
}

/** A schema that fits an example, for documents that give nothing else. */
function schemaOf(example: unknown): JsonSchema {
  if (Array.isArray(example)) return { type: 'array', items: schemaOf(example[0]) };
  if (isJsonObject(example)) {
    const properties = Object.fromEntries(
      Object.entries(example).map(([key, value]) => [key, schemaOf(value)]),
    );
    return { type: 'object', properties, required: Object.keys(example) };
  }
  if (typeof example === 'number') return { type: 'number', example };
  if (typeof example === 'boolean') return { type: 'boolean', default: example };
  if (typeof example === 'string') {
    const format = /^\d{4}-\d\d-\d\dT/.test(example)
      ? 'date-time'
      : /^\d{4}-\d\d-\d\d$/.test(example)
        ? 'date'
        : undefined;
    return { type: 'string', example, ...(format === undefined ? {} : { format }) };
  }
  return { type: 'object', properties: {} };
}
