import type { Operation, Slot } from '@launch-ready/core';
import { namedThing, plainName, singular } from './names.ts';
import { observedReferent } from './observed-referent.ts';
import { isSlot, segmentsOf, shapeOf } from './path-words.ts';
import type { BoundSlot, Referent, Resource } from './resource-graph.ts';

/**
 * Says what each slot of an operation takes: by the values that were seen to travel into it, else by its name. What names a
 * tenant does so whatever else shows it.
 *
 * @param beside slots outside of the path that name the object an operation is about, by operation id
 */
export function createSlotBinder(
  resources: readonly Resource[],
  scopeNames: ReadonlySet<string>,
  beside: ReadonlyMap<string, BoundSlot>,
): (operation: Operation) => readonly BoundSlot[] {
  /** The kind whose answers were seen to show the values that a slot takes. */
  const bySource = (slot: Pick<Slot, 'refersTo'>): Referent | null => observedReferent(slot, resources);
  const ofPathSlot = (segments: readonly string[], index: number, name: string): Referent => {
    const before = segments.slice(0, index);
    const things = [namedThing(name), singular((before.at(-1) ?? '').toLowerCase().replace(/[^a-z\d]/g, ''))];
    const scope = things.find((thing) => scopeNames.has(thing));
    if (scope !== undefined) return `scope ${scope}`;
    const exact = resources.find(
      ({ referent, create }) => create && referent === `resource ${shapeOf(before)}`,
    );
    if (exact) return exact.referent;
    const alike = resources.find(
      ({ create, type }) => create && things.some((thing) => thing !== '' && thing === plainName(type)),
    );
    return alike?.referent ?? `scope ${things.find((thing) => thing !== '') ?? name}`;
  };
  const ofField = (slot: Slot): Referent | null => {
    const seen = bySource(slot);
    if (seen !== null) return seen;
    const thing = namedThing(slot.name.replace(/^x-/i, ''));
    if (thing === '' || thing === plainName(slot.name)) {
      return scopeNames.has(thing) ? `scope ${thing}` : null;
    }
    if (scopeNames.has(thing)) return `scope ${thing}`;
    return resources.find(({ create, type }) => create && plainName(type) === thing)?.referent ?? null;
  };

  return (operation) => {
    const segments = segmentsOf(operation.path);
    const inPath = segments.flatMap((segment, index): readonly BoundSlot[] => {
      if (!isSlot(segment)) return [];
      const name = segment.slice(1, -1);
      const declared = operation.slots.find((slot) => slot.in === 'path' && slot.name === name);
      const seen = declared ? bySource(declared) : null;
      const byName = ofPathSlot(segments, index, name);
      const known = byName.startsWith('scope ') && scopeNames.has(byName.slice('scope '.length));
      return [{ in: 'path', name, required: true, referent: known ? byName : (seen ?? byName) }];
    });
    const own = beside.get(operation.id);
    const fields = operation.slots.flatMap((slot): readonly BoundSlot[] => {
      if (slot.in !== 'query' && slot.in !== 'header') return [];
      if (own?.in === slot.in && own.name === slot.name) return [];
      const referent = ofField(slot);
      return referent === null ? [] : [{ in: slot.in, name: slot.name, required: slot.required, referent }];
    });
    return [...inPath, ...fields, ...(own ? [own] : [])];
  };
}
