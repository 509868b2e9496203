import type { ArrowFunctionExpression, Class, Function as FunctionNode } from 'oxc-parser';
import type { Router } from './router.ts';
import type { SourceModule } from './source-module.ts';

/** A place in the source. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A name and what it stands for; worked out when first asked for. */
export interface Cell {
  value: Value | null;
  make: (() => Value) | null;
}

/** Names that a piece of code can see. */
export interface Scope {
  readonly names: Map<string, Cell>;
  readonly parent: Scope | null;
  readonly module: SourceModule;
  readonly self: Value | null;
}

export type FunctionLike = FunctionNode | ArrowFunctionExpression;

/**
 * What an expression stands for, as far as reading shows. Calls into packages stay as they are written (`call` of a `member` of
 * a `package`), so that a schema or a guard can be understood from its shape.
 */
export type Value =
  | { readonly kind: 'unknown'; readonly text: string }
  | {
      readonly kind: 'literal';
      readonly value: string | number | boolean | null;
      readonly at: Place | null;
    }
  | { readonly kind: 'list'; readonly items: Value[] }
  | { readonly kind: 'object'; readonly fields: Map<string, Value> }
  | FunctionValue
  | ClassValue
  | InstanceValue
  | { readonly kind: 'router'; readonly router: Router }
  | { readonly kind: 'chain'; readonly router: Router; readonly path: Value }
  | { readonly kind: 'module'; readonly module: SourceModule }
  | { readonly kind: 'package'; readonly module: string; readonly name: string }
  | { readonly kind: 'member'; readonly of: Value; readonly name: string }
  | { readonly kind: 'call'; readonly of: Value; readonly args: readonly Value[]; readonly at: Place };

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly node: FunctionLike;
  readonly scope: Scope;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly node: Class;
  readonly scope: Scope;
}
export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: ClassValue;
  readonly fields: Map<string, Value>;
}

export const unknownValue = (text = ''): Value => ({ kind: 'unknown', text });
export const literalValue = (value: string | number | boolean | null, at: Place | null = null): Value => ({
  kind: 'literal',
  value,
  at,
});

/** The text of a value that is a text. */
export const textOf = (value: Value | undefined): string | null =>
  value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;

/** A field of an object, when it is one and has it. */
export const fieldOf = (value: Value | undefined, name: string): Value | undefined =>
  value?.kind === 'object' || value?.kind === 'instance' ? value.fields.get(name) : undefined;

/** Lists inside lists made one list. */
export const flatItems = (values: readonly Value[]): readonly Value[] =>
  values.flatMap((value) => (value.kind === 'list' ? flatItems(value.items) : [value]));

/** How a value would be called in the source: `passport.authenticate`. */
export function nameOf(value: Value, depth = 0): string {
  if (depth > 6) return '';
  switch (value.kind) {
    case 'unknown':
      return value.text;
    case 'function':
      return value.name;
    case 'class':
      return value.node.id?.name ?? '';
    case 'instance':
      return nameOf(value.of, depth + 1);
    case 'package':
      return value.name === 'default' || value.name === '*'
        ? (value.module.split('/').at(-1) ?? value.module)
        : value.name;
    case 'member': {
      const owner = nameOf(value.of, depth + 1);
      return owner === '' ? value.name : `${owner}.${value.name}`;
    }
    case 'call':
      return nameOf(value.of, depth + 1);
    default:
      return '';
  }
}

/** The package an expression starts from, such as `zod` for `z.object({})`. */
export function packageOf(value: Value): { readonly module: string; readonly name: string } | null {
  let at: Value = value;
  for (let step = 0; step < 60; step += 1) {
    if (at.kind === 'package') return at;
    if (at.kind !== 'member' && at.kind !== 'call') return null;
    at = at.of;
  }
  return null;
}
