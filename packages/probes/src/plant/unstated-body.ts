import type { Operation } from '@launch-ready/core';
import { fromDocument } from '../discover/operation-source.ts';
import type { BodyRecipe, Directive } from './body-recipe.ts';
import { isJsonObject } from './json-scalars.ts';

/** Fields that most things have one of. What an application does not know it ignores, or says so, and they are left out. */
const usualFields = ['name', 'title', 'description'];

/** Whether nothing says what an operation takes, because it was only seen in source code or in traffic. */
export const isUnstated = (operation: Operation): boolean =>
  ['POST', 'PUT', 'PATCH'].includes(operation.method) &&
  operation.body?.schema === undefined &&
  operation.body?.example === undefined &&
  !operation.sources.some(fromDocument);

/** Whether a body is sent with an operation: when it is described, and when nothing says that there is none. */
export const takesBody = (operation: Operation): boolean =>
  operation.body !== undefined || isUnstated(operation);

/** How to begin with a body: by what is known of it, or else with a few usual fields, to learn the rest from complaints. */
export const firstRecipe = (operation: Operation): BodyRecipe => ({
  shape: operation.body ?? null,
  directives: new Map(
    isUnstated(operation) ? usualFields.map((name): [string, Directive] => [`/${name}`, anyText]) : [],
  ),
  wrapper: null,
});

const anyText: Directive = {
  kind: 'text',
  shape: { form: 'text', minLength: 0, maxLength: 10_000, pattern: null },
};

/**
 * A recipe that keeps the words of an observed body which look like a choice or a code, instead of canaries; null when it has
 * none, or they are kept already. For refusals that do not say what is wrong.
 */
export function withObservedWords(recipe: BodyRecipe): BodyRecipe | null {
  const example = recipe.shape?.example;
  if (!isJsonObject(example)) return null;
  const directives = new Map(recipe.directives);
  for (const [name, value] of Object.entries(example))
    if (typeof value === 'string' && word.test(value) && !directives.has(`/${name}`))
      directives.set(`/${name}`, { kind: 'fixed', value });
  return directives.size === recipe.directives.size ? null : { ...recipe, directives };
}

const word = /^([a-z][a-z_-]{0,19}|[A-Z][A-Z_-]{1,19}|[A-Z]{2,5})$/;
