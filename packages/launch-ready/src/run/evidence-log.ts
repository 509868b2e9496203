import {
  parseEvidenceRecord,
  type EvidenceId,
  type EvidenceKind,
  type EvidenceMap,
  type EvidenceRecord,
} from '@launch-ready/core';
import { appendEvidence, type RunFolder } from './run-folder.ts';

/** The evidence of a run: on disk, redacted, as soon as it is gathered, and at hand for the probes that come later. */
export interface EvidenceLog {
  keep(kind: EvidenceKind, data: unknown): void;
  /** Says why there is no evidence of this kind. */
  miss(kind: EvidenceKind, because: string): void;
  /** Data of a kind, as its probe gave it; null when there is none. */
  get<K extends EvidenceKind>(kind: K): EvidenceMap[K] | null;
  readonly records: readonly EvidenceRecord[];
}

/** @param redact what probes say of answers may quote them, so it passes through here like everything that is kept */
export function openEvidenceLog(folder: RunFolder, redact: (record: EvidenceRecord) => unknown): EvidenceLog {
  const records: EvidenceRecord[] = [];
  const gathered: { [K in EvidenceKind]?: EvidenceMap[K] } = {};
  const nextId = (): EvidenceId => `e${records.length + 1}`;
  const record = (entry: EvidenceRecord): void => {
    appendEvidence(folder, parseEvidenceRecord(redact(entry)));
    records.push(entry);
  };
  return {
    keep: (kind, data) => {
      const entry = parseEvidenceRecord({ id: nextId(), kind, status: 'gathered', data });
      record(entry);
      if (entry.status === 'gathered') Object.assign(gathered, { [kind]: entry.data });
    },
    miss: (kind, because) => record({ id: nextId(), kind, status: 'missing', because }),
    get: (kind) => gathered[kind] ?? null,
    records,
  };
}
