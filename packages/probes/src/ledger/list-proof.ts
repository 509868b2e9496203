import type { LedgerEntry, LedgerRef } from './ledger.ts';
import { mayBeCut, nextPage } from './find-planted.ts';
import type { Answer, SendResult } from '../transport/transport.ts';

/** Fewer objects of one list are asked for one by one. */
const fewest = 4;

/** Shows many objects gone by one list: each stood in it before they were removed, and none does afterwards. */
export interface ListProof {
  /** Whether this object may wait for the list: it was seen in it before anything was removed. */
  stoodIn(entry: LedgerEntry): boolean;
  /** Those of the objects that the list no longer shows. */
  gone(entries: readonly LedgerEntry[]): Promise<ReadonlySet<LedgerRef>>;
}

/**
 * Reads the lists of these objects, where several lie in one.
 *
 * @param read reads a list as the owner of the object; null when nobody can
 */
export async function openListProof(
  entries: readonly LedgerEntry[],
  read: (entry: LedgerEntry, url: string) => Promise<SendResult | null>,
): Promise<ListProof> {
  const shown = new Map<LedgerRef, string>();
  const whole = async (entry: LedgerEntry, url: string): Promise<string | null> => {
    const answer = await read(entry, url);
    return answer?.kind === 'answer' && answer.status < 300 && isWhole(answer, url) ? answer.text : null;
  };
  const groups = [...Map.groupBy(entries, ({ listUrl, actor }) => `${actor} ${listUrl}`).values()];
  for (const group of groups) {
    const [first] = group;
    if (!first || first.listUrl === null || group.length < fewest) continue;
    const text = await whole(first, first.listUrl);
    for (const entry of text === null ? [] : group)
      if (showsOne(text ?? '', entry)) shown.set(entry.ref, first.listUrl);
  }
  return {
    stoodIn: ({ ref }) => shown.has(ref),
    gone: async (asked) => {
      const gone = new Set<LedgerRef>();
      for (const group of Map.groupBy(asked, ({ listUrl, actor }) => `${actor} ${listUrl}`).values()) {
        const [first] = group;
        if (!first || first.listUrl === null) continue;
        const text = await whole(first, first.listUrl);
        for (const entry of text === null ? [] : group)
          if (shown.has(entry.ref) && !showsOne(text ?? '', entry)) gone.add(entry.ref);
      }
      return gone;
    },
  };
}

const showsOne = (text: string, { canaries }: LedgerEntry): boolean =>
  canaries.some(({ value }) => text.includes(value));

/** A list that goes on elsewhere, or ends where pages usually do, proves nothing about what it does not show. */
const isWhole = (answer: Answer, url: string): boolean =>
  nextPage(answer, url) === null && !mayBeCut(answer.json());
