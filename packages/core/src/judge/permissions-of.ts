import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { Review } from '../model/review.ts';
import { gatheredOf } from './gathered-of.ts';

/** The observed matrix of a run for its reports; null when none was gathered. */
export function permissionsOf(
  roles: readonly string[],
  records: readonly EvidenceRecord[],
): Review['coverage']['permissions'] {
  const [matrix] = gatheredOf(records, 'roleMatrix');
  if (matrix === undefined || matrix.cells.length === 0) return null;
  const { signed } = matrix;
  const named = new Set([...roles, ...matrix.cells.map(({ role }) => role)]);
  return {
    declaredBy: matrix.declaredBy,
    signed: signed === null ? null : { by: signed.signedBy, on: signed.signedOn, review: signed.review },
    roles: [...named].toSorted((a, b) => Number(a === 'anonymous') - Number(b === 'anonymous')),
    cells: matrix.cells.map(({ operation, role, relation, observed, because, doubt }) => ({
      operation,
      role,
      relation,
      observed,
      because,
      doubt,
    })),
  };
}
