import type { Operation } from '@launch-ready/core';
import type { SlotValues } from '../access/call-shape.ts';
import type { BoundSlot } from '../access/resource-graph.ts';
import type { BodyRecipe, Directive } from './body-recipe.ts';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';

/** A recipe whose body names this object, for operations that say in a field of their body which one they are about. */
export function namedInBody(
  recipe: BodyRecipe,
  operation: Operation,
  bound: readonly BoundSlot[],
  values: SlotValues,
): BodyRecipe {
  const [slot] = bound.filter((one) => one.in === 'body');
  const id = slot && values.get(slot.referent);
  if (!slot || id === undefined) return recipe;
  const properties = flatSchema(operation.body?.schema ?? {}).properties;
  const raw = isJsonObject(properties) ? properties[slot.name] : undefined;
  const { type } = flatSchema(isJsonObject(raw) ? raw : {});
  const value = (type === 'integer' || type === 'number') && /^-?\d+$/.test(id) ? Number(id) : id;
  const named: Directive = { kind: 'fixed', value };
  return { ...recipe, directives: new Map([...recipe.directives, [`/${slot.name}`, named]]) };
}
