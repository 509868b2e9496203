import type { Ledger, LedgerEntry } from './ledger.ts';

/** The object of ours below whose address this one lies, and that is removed as well. */
export function parentOf(
  entry: LedgerEntry,
  open: readonly LedgerEntry[],
  ledger?: Pick<Ledger, 'entry'>,
): LedgerEntry | null {
  const above = Object.values(entry.slots);
  const found = open.find((one) => {
    const address = one.readUrl ?? one.deleteUrl;
    return (
      one.ref !== entry.ref &&
      one.objectId !== null &&
      one.deleteUrl !== null &&
      one.readUrl !== null &&
      above.includes(one.objectId) &&
      entry.deleteUrl?.startsWith(`${address}/`) === true
    );
  });
  return found ? (ledger?.entry(found.ref) ?? found) : null;
}
