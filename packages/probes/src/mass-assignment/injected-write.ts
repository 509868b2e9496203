import type { ActorId } from '@launch-ready/core';
import type { MadeBody } from '../access/body-recipe.ts';
import { isJsonObject } from '../access/json-scalars.ts';
import type { Workshop } from '../access/workshop.ts';

/** Fields put into a body beside those that belong there. */
export type Extra = Readonly<Record<string, unknown>>;

/** A workshop whose bodies of one operation carry fields that do not belong there, until they are refused. */
export interface Injection {
  readonly workshop: Workshop;
  /** What the last body carried. */
  readonly sent: () => Extra;
  /** Whether a body that carried something was refused, so that a plain one followed. */
  readonly refused: () => boolean;
}

/**
 * The first body carries everything; after a refusal, only what the refusal did not name; after a second one, nothing, so that
 * an object is there all the same.
 */
export function injectInto(workshop: Workshop, operationId: string, extra: Extra): Injection {
  let round = 0;
  let current: Extra = extra;
  const recipes = new Map(workshop.recipes);
  const body: Workshop['body'] = (operation, purpose, actor: ActorId, values): MadeBody => {
    const made = workshop.body(operation, purpose, actor, values);
    if (operation.id !== operationId) return made;
    round += 1;
    if (round === 2) current = withoutNamed(current, recipes.get(operationId)?.directives.keys() ?? []);
    if (round > 2) current = {};
    return { ...made, value: merged(made.value, current) };
  };
  return {
    workshop: { ...workshop, recipes, body },
    sent: () => current,
    refused: () => Object.keys(current).length < Object.keys(extra).length,
  };
}

function withoutNamed(extra: Extra, pointers: Iterable<string>): Extra {
  const named = new Set([...pointers].map((pointer) => pointer.split('/').at(-1)));
  const kept = Object.entries(extra).filter(([name]) => !named.has(name));
  return kept.length === Object.keys(extra).length ? {} : Object.fromEntries(kept);
}

/** Into the object itself, or into the only object that it wraps. */
export function merged(value: unknown, extra: Extra): unknown {
  if (!isJsonObject(value)) return value;
  const [only, ...more] = Object.entries(value);
  if (only && more.length === 0 && isJsonObject(only[1])) return { [only[0]]: { ...only[1], ...extra } };
  return { ...value, ...extra };
}
