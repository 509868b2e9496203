import type { Operation } from '@launch-ready/core';

/**
 * One list from several documents. The same operation in two documents keeps the first description, takes over what only the
 * other has, and names both sources. Path templates that differ in slot names only are the same operation.
 */
export function mergeOperations(lists: readonly (readonly Operation[])[]): readonly Operation[] {
  const merged = new Map<string, Operation>();
  for (const operation of lists.flat()) {
    const key = `${operation.origin} ${operation.method} ${operation.path.replace(/\{[^}]+\}/g, '{}')}`;
    const known = merged.get(key);
    if (!known) {
      merged.set(key, operation);
      continue;
    }
    const have = new Set(known.slots.map((slot) => `${slot.in} ${slot.name}`));
    const more = operation.slots.filter((slot) => slot.in !== 'path' && !have.has(`${slot.in} ${slot.name}`));
    merged.set(key, {
      ...known,
      ...(known.body || !operation.body ? {} : { body: operation.body }),
      slots: [...known.slots, ...more],
      declaredAuth: known.declaredAuth === 'unstated' ? operation.declaredAuth : known.declaredAuth,
      sources: [...new Set([...known.sources, ...operation.sources])],
    });
  }
  return [...merged.values()];
}
