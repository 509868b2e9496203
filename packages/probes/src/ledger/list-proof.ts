import type { Answer, SendResult } from '../transport/transport.ts';
import { mayBeCut, nextPage } from './find-planted.ts';
import { isEnded } from './is-ended.ts';
import type { LedgerEntry, LedgerRef } from './ledger.ts';

/** Fewer objects of one list are asked for one by one. */
const fewest = 3;

/** Shows many objects gone by one list: each stood in it before they were removed, and none does afterwards. */
export interface ListProof {
  /** The list in which this object was seen before anything was removed; null when it was not. */
  stoodIn(entry: LedgerEntry): string | null;
  /** Those of the objects that their lists no longer show. */
  gone(entries: readonly LedgerEntry[]): Promise<ReadonlySet<LedgerRef>>;
  /** Objects that were taken for gone, and that a list shows all the same. */
  readonly standing: readonly LedgerEntry[];
}

/**
 * Reads each list once that several objects lie in, or one that was taken for gone.
 *
 * @param read reads a list as an owner of the object; null when nobody can
 */
export async function openListProof(
  objects: { readonly open: readonly LedgerEntry[]; readonly takenForGone: readonly LedgerEntry[] },
  read: (entry: LedgerEntry, url: string) => Promise<SendResult | null>,
): Promise<ListProof> {
  const before = new Map<string, Answer>();
  const shown = new Map<LedgerRef, string>();
  const standing: LedgerEntry[] = [];
  const taken = new Set(objects.takenForGone.map(({ ref }) => ref));
  for (const [list, group] of Map.groupBy([...objects.open, ...objects.takenForGone], keyOf)) {
    const open = group.filter(({ ref }) => !taken.has(ref));
    const [first] = [...open, ...group];
    if (!first || first.listUrl === null || (open.length < fewest && open.length === group.length)) continue;
    const answer = await read(first, first.listUrl);
    if (answer?.kind !== 'answer' || answer.status >= 300) continue;
    before.set(list, answer);
    for (const entry of open) if (showsOne(answer, entry)) shown.set(entry.ref, list);
    standing.push(...group.filter((entry) => taken.has(entry.ref) && stands(answer, entry)));
  }
  return {
    standing,
    stoodIn: ({ ref }) => shown.get(ref) ?? null,
    gone: async (asked) => {
      const gone = new Set<LedgerRef>();
      for (const [list, group] of Map.groupBy(asked, keyOf)) {
        const [first] = group;
        const earlier = before.get(list);
        if (!first || first.listUrl === null || !earlier) continue;
        const answer = await read(first, first.listUrl);
        if (answer?.kind !== 'answer' || answer.status >= 300 || !isWhole(answer, first.listUrl, earlier))
          continue;
        for (const entry of group) if (shown.has(entry.ref) && !showsOne(answer, entry)) gone.add(entry.ref);
      }
      return gone;
    },
  };
}

const keyOf = ({ tenant, listUrl }: LedgerEntry): string => `${tenant} ${listUrl}`;

const showsOne = ({ text }: Answer, { canaries }: LedgerEntry): boolean =>
  canaries.some(({ value }) => text.includes(value));

const stands = (answer: Answer, entry: LedgerEntry): boolean => {
  const { objectId } = entry;
  const isNamed = objectId !== null && objectId.length >= 8 && answer.text.includes(objectId);
  return (isNamed || showsOne(answer, entry)) && !(objectId !== null && isEnded(answer.json(), objectId));
};

/**
 * A list that goes on elsewhere, or ends where pages usually do, proves nothing about what it does not show; one that is shorter
 * than it was ends by itself.
 */
const isWhole = (answer: Answer, url: string, earlier: Answer): boolean =>
  nextPage(answer, url) === null &&
  (!mayBeCut(answer.json()) || itemsIn(answer.json()) < itemsIn(earlier.json()));

/** Items of the longest list in an answer. */
const itemsIn = (json: unknown): number => {
  if (Array.isArray(json)) return json.length;
  if (typeof json !== 'object' || json === null) return 0;
  return Math.max(0, ...Object.values(json).map((inner) => (Array.isArray(inner) ? inner.length : 0)));
};
