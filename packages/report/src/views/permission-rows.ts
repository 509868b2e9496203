import type { PermissionMatrix } from '@launch-ready/core';

type Cell = PermissionMatrix['cells'][number];

/** The matrix as a table of plain words: a row for each operation, a column for each role. */
export interface PermissionRows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a person should look at, one sentence each; their cells carry an exclamation mark. */
  readonly doubts: readonly string[];
}

const words: Readonly<Record<Cell['observed'], string>> = { allowed: 'yes', denied: 'no', untested: '?' };
const order: readonly Cell['relation'][] = ['own', 'peer', 'tenant', 'foreign', 'anonymous'];

/** Relations of a role that were not tried say nothing, so that a cell of them alone is a question mark. */
export function permissionRows({ roles, cells }: PermissionMatrix): PermissionRows {
  const operations = [...new Set(cells.map(({ operation }) => operation))];
  const shown = roles.filter((role) => cells.some((cell) => cell.role === role));
  const text = (operation: string, role: string): string => {
    const own = cells
      .filter((cell) => cell.operation === operation && cell.role === role && cell.observed !== 'untested')
      .toSorted((a, b) => order.indexOf(a.relation) - order.indexOf(b.relation));
    if (own.length === 0) return '?';
    return own
      .map(({ relation, observed, doubt }) => {
        const place = relation === 'tenant' || relation === 'anonymous' ? '' : `${relation} `;
        return `${place}${words[observed]}${doubt === null ? '' : '!'}`;
      })
      .join(', ');
  };
  return {
    head: ['operation', ...shown],
    rows: operations.map((operation) => [operation, ...shown.map((role) => text(operation, role))]),
    doubts: cells.flatMap(({ operation, role, doubt }) =>
      doubt === null ? [] : [`${role}, ${operation}: ${doubt}`],
    ),
  };
}
