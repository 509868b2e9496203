import type { Operation, Slot } from '@launch-ready/core';
import { actionWord } from './har/template-paths.ts';
import { fromDocument } from './operation-source.ts';

/**
 * One list from several sources. The same operation in two of them keeps the first description, takes over what only the
 * other has, and names both. Path templates that differ in slot names only are the same operation, and so is a path that a
 * recording wrote out where a document has a slot.
 */
export function mergeOperations(lists: readonly (readonly Operation[])[]): readonly Operation[] {
  const merged = new Map<string, Operation>();
  /** Ids under which sources speak of an operation, by the id that it keeps. */
  const renamed = new Map<string, string>();
  for (const operation of lists.flat()) {
    const key = keyOf(operation);
    const known = merged.get(key) ?? writtenOut(operation, merged);
    if (!known) {
      merged.set(key, operation);
      continue;
    }
    if (known.id !== operation.id) renamed.set(operation.id, known.id);
    merged.set(keyOf(known), united(known, operation));
  }
  const all = [...merged.values()];
  if (renamed.size === 0) return all;
  const ids = new Set(all.map(({ id }) => id));
  return all.map((operation) => ({
    ...operation,
    slots: operation.slots.map((slot) => rebound(slot, renamed, ids)),
  }));
}

const isSlot = (segment: string): boolean => /\{[^}]+\}/.test(segment);
const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');
const keyOf = ({ origin, method, path }: Operation): string =>
  `${origin} ${method} /${segmentsOf(path.replace(/\{[^}]+\}/g, '{}')).join('/')}`;

/** The documented operation of which this one, recorded or guessed, is a call with its values written out. */
function writtenOut(operation: Operation, merged: ReadonlyMap<string, Operation>): Operation | null {
  if (
    operation.sources.some(fromDocument) ||
    // Code that names a path means this very path.
    operation.sources.some((source) => /^(guess|source): /.test(source))
  )
    return null;
  const segments = segmentsOf(operation.path);
  return (
    [...merged.values()].find((known) => {
      if (
        known.method !== operation.method ||
        known.origin !== operation.origin ||
        !known.sources.some(fromDocument)
      )
        return false;
      const wanted = segmentsOf(known.path);
      return (
        wanted.length === segments.length &&
        wanted.every(
          (one, index) => one === segments[index] || (isSlot(one) && !actionWord.test(segments[index] ?? '')),
        )
      );
    }) ?? null
  );
}

function united(known: Operation, other: Operation): Operation {
  const theirs = new Map(other.slots.map((slot) => [slotKey(slot, other), slot]));
  const slots = known.slots.map((slot): Slot => {
    const same = theirs.get(slotKey(slot, known));
    if (!same) return slot;
    const schema = slot.schema ?? same.schema;
    const refersTo = slot.refersTo ?? same.refersTo;
    return { ...slot, ...(schema ? { schema } : {}), ...(refersTo ? { refersTo } : {}) };
  });
  const have = new Set(known.slots.map((slot) => slotKey(slot, known)));
  // What only a recording sent besides is not required by the document.
  const more = other.slots
    .filter((slot) => slot.in !== 'path' && !have.has(slotKey(slot, other)))
    .map((slot): Slot => (other.sources.some(fromDocument) ? slot : { ...slot, required: false }));
  const statuses = new Set(known.responses.map(({ status }) => status));
  const responses = known.responses.map((response) => {
    const same = response.schema
      ? undefined
      : other.responses.find(({ status, schema }) => schema && status === response.status);
    return same ?? response;
  });
  const body =
    known.body && !known.body.schema && other.body?.schema ? other.body : (known.body ?? other.body);
  return {
    ...known,
    ...(body ? { body } : {}),
    ...(known.summary === undefined && other.summary !== undefined ? { summary: other.summary } : {}),
    slots: [...slots, ...more],
    responses: [...responses, ...other.responses.filter(({ status }) => !statuses.has(status))],
    declaredAuth: known.declaredAuth === 'unstated' ? other.declaredAuth : known.declaredAuth,
    sources: [...new Set([...known.sources, ...other.sources])],
  };
}

/** What makes slots of two descriptions the same: the position in the path, otherwise the name. */
function slotKey(slot: Slot, operation: Operation): string {
  if (slot.in === 'path')
    return `path ${segmentsOf(operation.path).findIndex((one) => one.includes(`{${slot.name}}`))}`;
  return `${slot.in} ${slot.in === 'header' ? slot.name.toLowerCase() : slot.name}`;
}

function rebound(slot: Slot, renamed: ReadonlyMap<string, string>, ids: ReadonlySet<string>): Slot {
  if (!slot.refersTo || ids.has(slot.refersTo.operation)) return slot;
  const operation = renamed.get(slot.refersTo.operation);
  return operation === undefined ? slot : { ...slot, refersTo: { ...slot.refersTo, operation } };
}
