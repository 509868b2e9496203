import type { EvidenceKind, EvidenceMap, EvidenceRecord } from '../evidence/evidence-map.ts';

/** The data of every gathered record of one kind. */
export const gatheredOf = <K extends EvidenceKind>(
  records: readonly EvidenceRecord[],
  kind: K,
): readonly EvidenceMap[K][] =>
  records
    .filter(
      (record): record is EvidenceRecord & { readonly data: EvidenceMap[K] } =>
        record.kind === kind && record.status === 'gathered',
    )
    .map(({ data }) => data);
