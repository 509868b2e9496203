import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { Review } from '../model/review.ts';
import { gatheredOf } from './gathered-of.ts';

/**
 * How often each operation was tried without a credential of its own or from another tenant, and how often that proved
 * something. Operations that were found but never tried are listed with nothing.
 */
export function coverageOfOperations(records: readonly EvidenceRecord[]): Review['coverage']['operations'] {
  const trials = [
    ...gatheredOf(records, 'accessCoverage').flatMap((data) => data.trials),
    ...gatheredOf(records, 'crossTenant').flatMap((data) => data.trials),
  ];
  const found = gatheredOf(records, 'operations').flatMap((data) => data.operations.map(({ id }) => id));
  const names = [...new Set([...found, ...trials.map(({ operation }) => operation)])].toSorted();
  return names.map((operation) => {
    const own = trials.filter((trial) => trial.operation === operation);
    const inconclusive = own.filter((trial) => trial.verdict === 'inconclusive').length;
    return { operation, trials: own.length, proven: own.length - inconclusive, inconclusive };
  });
}
