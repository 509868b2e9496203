import { isSafeMethod, type EvidenceMap, type Operation } from '@launch-ready/core';

type Cell = EvidenceMap['roleMatrix']['cells'][number];

const within = new Set(['own', 'peer', 'tenant']);

/**
 * Marks cells that a person should look at. One way to change an object is open while its sibling is shut to the same role; or
 * an operation is allowed that only the documents of stronger roles describe. Neither proves a fault.
 *
 * @param roles from the strongest to the weakest
 */
export function doubtfulCells(
  cells: readonly Cell[],
  operations: readonly Operation[],
  roles: readonly string[],
): readonly Cell[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return cells.map((cell) => {
    const operation = byId.get(cell.operation);
    if (!operation || cell.observed !== 'allowed' || !within.has(cell.relation)) return cell;
    const shut = isSafeMethod(operation.method)
      ? undefined
      : cells.find((other) => {
          const sibling = byId.get(other.operation);
          return (
            other.observed === 'denied' &&
            other.role === cell.role &&
            within.has(other.relation) &&
            sibling !== undefined &&
            sibling.id !== operation.id &&
            sibling.path === operation.path &&
            !isSafeMethod(sibling.method) &&
            sibling.method !== 'POST'
          );
        });
    if (shut) return { ...cell, doubt: `allowed, while ${shut.operation} on the same objects is denied` };
    const hidden = onlyShownTo(operation, cell.role, roles);
    return hidden === null ? cell : { ...cell, doubt: `allowed, although only ${hidden} is told of it` };
  });
}

/** The roles in whose documents alone an operation stands, when all of them are stronger than this one; null otherwise. */
function onlyShownTo({ sources }: Operation, role: string, roles: readonly string[]): string | null {
  const readers = sources.map((source) => / as [\w-]+\.([\w-]+)$/.exec(source)?.[1]);
  if (readers.length === 0) return null;
  const stronger = readers.every(
    (reader) => reader !== undefined && roles.includes(reader) && roles.indexOf(reader) < roles.indexOf(role),
  );
  return stronger ? [...new Set(readers)].join(' and ') : null;
}
