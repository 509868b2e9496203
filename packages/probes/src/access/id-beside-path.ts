import type { Operation, Slot } from '@launch-ready/core';
import { namedThing, plainName } from './names.ts';
import { isSlot, lastLiteral, segmentsOf, shapeOf } from './path-words.ts';

/** Where an operation takes the id of the object it is about, when its path has no place for it. */
export interface IdBesidePath {
  readonly in: 'query' | 'body';
  readonly name: string;
  /** Whether the path ends at the collection or its singular; else it goes on with what is done to the object. */
  readonly whole: boolean;
}

const plainId = /^(_?id|uuid|guid|slug|document_?id|object_?id)$/i;

/**
 * The required field of query or body by which an operation names an object of this collection: `DELETE /notes?id=`,
 * `PATCH /notes` with `id` and `POST /notes/pin` with `noteId` in the body. Null for all others.
 */
export function idBesidePath(operation: Operation, collection: readonly string[]): IdBesidePath | null {
  const segments = segmentsOf(operation.path);
  const ends = whereItEnds(segments, collection);
  if (ends === null) return null;
  const thing = plainName(lastLiteral(collection));
  const found = operation.slots.find((slot) => {
    const name = nameOf(slot);
    return slot.required && name !== null && (plainId.test(name) || namedThing(name) === thing);
  });
  if (!found || (found.in !== 'query' && found.in !== 'body')) return null;
  return { in: found.in, name: nameOf(found) ?? '', whole: ends === 'there' };
}

/** Name of a query parameter or of a field at the top of a body; null for every other slot. */
function nameOf(slot: Slot): string | null {
  if (slot.in === 'query') return slot.name;
  const pointer = slot.in === 'body' ? slot.name.split('/') : [];
  return pointer.length === 2 && pointer[0] === '' ? (pointer[1] ?? null) : null;
}

function whereItEnds(segments: readonly string[], collection: readonly string[]): 'there' | 'behind' | null {
  // A path to all of a kind may leave out the parents that its list lies below.
  const parents = collection.slice(0, -1);
  const before = [parents, parents.filter((one) => !isSlot(one))].map(shapeOf);
  const isHere = (some: readonly string[]): boolean =>
    before.includes(shapeOf(some.slice(0, -1))) &&
    !isSlot(some.at(-1) ?? '{}') &&
    plainName(some.at(-1) ?? '') === plainName(collection.at(-1) ?? '');
  if (isHere(segments)) return 'there';
  return isHere(segments.slice(0, -1)) && !isSlot(segments.at(-1) ?? '{}') ? 'behind' : null;
}
