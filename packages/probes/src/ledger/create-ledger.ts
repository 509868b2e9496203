import type { Leftover } from '@launch-ready/core';
import { applyLine, type Journal, type JournalLine, type JournalState } from './journal.ts';
import type { Ledger, LedgerEntry, LedgerRef } from './ledger.ts';

/** Keeps a ledger in memory and in the run's journal; `restored` is what an earlier process had written there. */
export function createLedger(options: {
  readonly journal: Journal | null;
  readonly restored?: JournalState;
}): Ledger {
  const entries = new Map<LedgerRef, LedgerEntry>(
    options.restored?.entries.map((entry) => [entry.ref, entry]),
  );
  const reasons = new Map<LedgerRef, string>(options.restored?.reasons);
  const scope = new Set<string>();
  let last = Math.max(0, ...[...entries.keys()].map((ref) => Number(ref.slice(1))));

  const apply = (line: JournalLine): void => {
    options.journal?.append(line);
    applyLine(line, entries, reasons);
  };
  const entry = (ref: LedgerRef): LedgerEntry => {
    const found = entries.get(ref);
    if (!found) throw new Error(`the ledger has no entry ${ref}`);
    return found;
  };

  return {
    intend: ({ operation, actor, tenant, type, twin, canaries, slots, readUrl, deleteUrl, listUrl }) => {
      const ref: LedgerRef = `o${(last += 1)}`;
      const intended = { operation, actor, tenant, type, twin, canaries, slots, readUrl, deleteUrl, listUrl };
      apply({ event: 'intended', ref, entry: intended });
      return ref;
    },
    found: (object) => {
      const ref: LedgerRef = `o${(last += 1)}`;
      entries.set(ref, {
        ...object,
        ref,
        canaries: [],
        slots: {},
        objectId: null,
        readUrl: null,
        deleteUrl: null,
        listUrl: null,
        state: 'found',
      });
      return ref;
    },
    created: (ref, object) => {
      entry(ref);
      apply({ event: 'created', ref, object });
    },
    notCreated: (ref) => {
      entry(ref);
      apply({ event: 'not-created', ref });
    },
    cleaned: (ref) => {
      entry(ref);
      apply({ event: 'cleaned', ref });
    },
    leftover: (ref, because) => {
      entry(ref);
      apply({ event: 'leftover', ref, because });
    },
    entry,
    get entries() {
      return [...entries.values()];
    },
    get leftovers(): readonly Leftover[] {
      return [...entries.values()]
        .filter((candidate) => candidate.state === 'leftover')
        .map((candidate) => ({
          ref: candidate.ref,
          type: candidate.type,
          owner: candidate.actor,
          because: reasons.get(candidate.ref) ?? 'it could not be removed',
        }));
    },
    findByObjectId: (objectId) =>
      [...entries.values()].find((candidate) => candidate.objectId === objectId) ?? null,
    allowScope: (value) => void scope.add(value),
    isAllowedScope: (value) => scope.has(value),
  };
}
