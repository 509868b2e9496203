import type { Operation } from '@launch-ready/core';
import type { BodyRecipe } from './body-recipe.ts';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';

/**
 * The recipe without the addresses that its body need not have; null when there are none. An application that fetches what an
 * address names fails where there is nothing.
 *
 * @param sent the body that it failed over
 */
export function withoutAddresses(recipe: BodyRecipe, { body }: Operation, sent: unknown): BodyRecipe | null {
  const { required } = flatSchema(body?.schema ?? {});
  const names = Object.entries(isJsonObject(sent) ? sent : {}).flatMap(([name, value]) =>
    typeof value === 'string' &&
    /^https?:\/\//.test(value) &&
    !(Array.isArray(required) && required.includes(name)) &&
    recipe.directives.get(`/${name}`)?.kind !== 'drop'
      ? [name]
      : [],
  );
  if (names.length === 0) return null;
  const directives = new Map(recipe.directives);
  for (const name of names) directives.set(`/${name}`, { kind: 'drop' });
  return { ...recipe, directives };
}
