import type { ActorId } from '@launch-ready/core';
import type { MadeBody } from '../plant/body-recipe.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { Workshop } from '../plant/workshop.ts';

/** Fields put into a body beside those that belong there. */
export type Extra = Readonly<Record<string, unknown>>;

/** A workshop whose bodies of one operation carry fields that do not belong there, until they are refused. */
export interface Injection {
  readonly workshop: Workshop;
  /** What the last body carried. */
  readonly sent: () => Extra;
  /** Fields that a refusal spoke of. */
  readonly named: () => ReadonlySet<string>;
  /** Marks of the bodies that were refused: nothing may be found by them later. */
  readonly refusedMarks: () => readonly string[];
  /** Marks of the last body. */
  readonly lastMarks: () => readonly string[];
}

/**
 * The first body carries everything; after a refusal, only what it did not name, or only `first` when it named nothing; after
 * a third one, nothing, so that an object is there all the same.
 */
export function injectInto(
  workshop: Workshop,
  operationId: string,
  extra: Extra,
  first: readonly string[] = [],
): Injection {
  let round = 0;
  let current: Extra = extra;
  const named = new Set<string>();
  const marks: string[][] = [];
  const recipes = new Map(workshop.recipes);
  const body: Workshop['body'] = (operation, purpose, actor: ActorId, values): MadeBody => {
    const made = workshop.body(operation, purpose, actor, values);
    if (operation.id !== operationId) return made;
    round += 1;
    if (round > 1) {
      const complaints = recipes.get(operationId)?.directives.keys() ?? [];
      const less = withoutNamed(current, complaints, named);
      current = round > 3 ? {} : (less ?? (round === 2 ? only(current, first) : {}));
    }
    marks.push(made.canaries.map(({ value }) => value));
    return { ...made, value: merged(made.value, current) };
  };
  return {
    workshop: { ...workshop, recipes, body },
    sent: () => current,
    named: () => named,
    refusedMarks: () => marks.slice(0, -1).flat(),
    lastMarks: () => marks.at(-1) ?? [],
  };
}

/** What is left without the fields that pointers speak of; null when they speak of none of them. */
function withoutNamed(extra: Extra, pointers: Iterable<string>, named: Set<string>): Extra | null {
  const spoken = new Set([...pointers].map((pointer) => pointer.split('/').at(-1) ?? ''));
  const kept = Object.entries(extra).filter(([name]) => !spoken.has(name));
  for (const name of Object.keys(extra)) if (spoken.has(name)) named.add(name);
  return kept.length === Object.keys(extra).length ? null : Object.fromEntries(kept);
}

/** These fields alone; nothing when that is all of them again. */
export function only(extra: Extra, names: readonly string[]): Extra {
  const kept = Object.entries(extra).filter(([name]) => names.includes(name));
  return kept.length === Object.keys(extra).length ? {} : Object.fromEntries(kept);
}

/** Into the object itself, or into the only object that it wraps. */
export function merged(value: unknown, extra: Extra): unknown {
  if (!isJsonObject(value)) return value;
  const [only, ...more] = Object.entries(value);
  if (only && more.length === 0 && isJsonObject(only[1])) return { [only[0]]: { ...only[1], ...extra } };
  return { ...value, ...extra };
}
