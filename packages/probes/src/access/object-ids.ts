import type { Slot } from '@launch-ready/core';
import type { Answer } from '../transport/transport.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import { singular } from './names.ts';

const usualKeys = ['documentid', 'uuid', 'id', 'objectid', 'guid', 'slug', 'key', 'handle', 'name'];

/** Ids that a creating answer may have given to the new object, the likeliest first. */
export function objectIdsIn(
  answer: Answer,
  type: string,
  slot: Pick<Slot, 'name' | 'schema'> | null,
): readonly string[] {
  const thing = singular((type.split('/').at(-1) ?? type).toLowerCase().replace(/[^a-z\d]/g, ''));
  const ids = objectsIn(answer.json(), thing).flatMap((object) => idsOf(object, thing, slot));
  const location = answer.header('location') ?? answer.header('content-location');
  const last = location
    ?.split(/[?#]/)[0]
    ?.split('/')
    .findLast((part) => part !== '');
  return [...new Set([...ids, ...(last === undefined ? [] : [safelyDecoded(last)])])];
}

/** Ids of the object in a list whose text holds a marker. */
export function objectIdsByMarker(
  list: unknown,
  marker: string,
  type: string,
  slot: Pick<Slot, 'name' | 'schema'> | null,
): readonly string[] {
  const thing = singular((type.split('/').at(-1) ?? type).toLowerCase().replace(/[^a-z\d]/g, ''));
  const smallest = smallestObjectWith(list, marker);
  return smallest === null ? [] : idsOf(smallest, thing, slot);
}

/** Ids that an item of a list may go by, the likeliest first. */
export const idsOfItem = (
  item: JsonObject,
  type: string,
  slot: Pick<Slot, 'name' | 'schema'> | null,
): readonly string[] =>
  idsOf(item, singular((type.split('/').at(-1) ?? type).toLowerCase().replace(/[^a-z\d]/g, '')), slot);

/** The innermost object with an id whose text holds a marker. */
export function smallestObjectWith(value: unknown, marker: string): JsonObject | null {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = smallestObjectWith(item, marker);
      if (found) return found;
    }
    return null;
  }
  if (!isJsonObject(value) || !JSON.stringify(value).toLowerCase().includes(marker)) return null;
  for (const inner of Object.values(value)) {
    const found = smallestObjectWith(inner, marker);
    if (found && usualKeys.some((key) => Object.keys(found).some((name) => plain(name) === key)))
      return found;
  }
  return value;
}

const plain = (name: string): string => name.replace(/[^a-z\d]/gi, '').toLowerCase();

function objectsIn(value: unknown, thing: string): readonly JsonObject[] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => objectsIn(item, thing));
  if (!isJsonObject(value)) return [];
  const wrapped = Object.entries(value)
    .filter(
      ([name]) =>
        /^(data|result|results|item|record|object|payload|response|body|attributes|doc|document)$/i.test(
          name,
        ) || singular(plain(name)) === thing,
    )
    .flatMap(([, inner]) => objectsIn(inner, thing));
  return [...wrapped, value];
}

function idsOf(
  object: JsonObject,
  thing: string,
  slot: Pick<Slot, 'name' | 'schema'> | null,
): readonly string[] {
  const wish = slot === null ? '' : plain(slot.name);
  const order = [
    ...(usualKeys.includes(wish) && wish !== 'id' ? [wish] : []),
    ...usualKeys,
    `${thing}id`,
    `${thing}uuid`,
    `${thing}slug`,
    // A slot `{ref}` asks for the field `ref`, whatever else it is called elsewhere.
    ...(wish === '' || usualKeys.includes(wish) ? [] : [wish]),
  ];
  const numeric = slot?.schema?.type === 'integer' || slot?.schema?.type === 'number';
  const found = order.flatMap((key) =>
    Object.entries(object).flatMap(([name, value]): readonly string[] => {
      if (plain(name) !== key) return [];
      if (typeof value === 'number') return [String(value)];
      return typeof value === 'string' && value !== '' && value.length < 200 ? [value] : [];
    }),
  );
  return numeric ? found.filter((id) => /^-?\d+$/.test(id)) : found;
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
