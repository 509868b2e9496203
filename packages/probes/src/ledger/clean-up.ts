import type { Leftover, Operation } from '@launch-ready/core';
import { NotLoggedIn } from '../session/not-logged-in.ts';
import type { Sessions } from '../session/sessions.ts';
import { BudgetSpent, GuardRefusal, TargetLost } from '../transport/transport-errors.ts';
import type { SendResult, Transport } from '../transport/transport.ts';
import { createCaretaker, isAccepted } from './caretaker.ts';
import { findUnanswered } from './find-unanswered.ts';
import type { Ledger, LedgerEntry, LedgerRef } from './ledger.ts';
import { openListProof } from './list-proof.ts';
import { parentOf } from './parent-of.ts';

export interface CleanUpSetting {
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly transport: Transport;
  /** Tells how an object is deleted of which only its place in a list is known. */
  readonly operations?: readonly Operation[];
}

export interface CleanUpResult {
  readonly cleaned: number;
  readonly leftovers: readonly Leftover[];
}

/** What is to show that an object is gone whose DELETE was taken. */
interface Awaited {
  readonly ref: LedgerRef;
  readonly proof: 'parent' | 'list';
}

/**
 * Removes what a run created, the newest first, and believes it only when a re-read shows it gone. Objects whose creating
 * request was never answered are looked for by their canary. What stays is a leftover with its reason; nothing is thrown for
 * what the target does. Call it again, also from another process with a restored ledger: what is clean stays untouched.
 */
export async function cleanUp(setting: CleanUpSetting): Promise<CleanUpResult> {
  const { ledger, sessions, transport, operations } = setting;
  transport.beginCleanUp();
  const caretaker = createCaretaker(ledger, sessions);
  const open = ledger.entries
    .filter(({ state }) => state === 'created' || state === 'intended' || state === 'leftover')
    .toReversed();
  let cleaned = 0;
  const guarded = async (work: () => Promise<string | null | void>): Promise<string | null> => {
    try {
      return (await work()) ?? null;
    } catch (error) {
      if (![TargetLost, GuardRefusal, BudgetSpent, NotLoggedIn].some((kind) => error instanceof kind))
        throw error;
      return error instanceof Error ? error.message : String(error);
    }
  };
  const waiting: Awaited[] = [];
  const settle = async (ref: LedgerRef, work: () => Promise<string | null>): Promise<void> => {
    const because = await guarded(work);
    if (because === null && waiting.some((one) => one.ref === ref)) return;
    if (because !== null) ledger.leftover(ref, because);
    else if (ledger.entry(ref).state !== 'not-created') {
      ledger.cleaned(ref);
      cleaned += 1;
    }
  };

  const lists = await openListProof(
    {
      open: open.filter(
        (one) => one.objectId !== null && one.deleteUrl !== null && parentOf(one, open) === null,
      ),
      takenForGone: ledger.entries.filter(
        ({ state, deleteUrl, listUrl }) =>
          state === 'cleaned' && deleteUrl !== null && listUrl !== null && !isBelowOurs(listUrl),
      ),
    },
    listOf,
  );
  const withoutDelete: LedgerRef[] = [];
  // A probe that could not undo something has said what to do about it.
  const toldBefore = new Map(ledger.leftovers.map(({ ref, because }) => [ref, because]));
  for (const { ref } of open) await settle(ref, () => removeFirst(ref));
  await settleWaiting();
  // It may have gone with its parent.
  for (const ref of withoutDelete) {
    const entry = ledger.entry(ref);
    if ((entry.readUrl ?? entry.listUrl) === null) continue;
    await settle(ref, async () => {
      const seen = await caretaker.isGone(entry, caretaker.ownersOf(entry)[0] ?? entry.actor, false);
      return seen === null ? null : 'the application has no operation that deletes it';
    });
  }
  for (const { ref } of lists.standing) await settle(ref, () => caretaker.remove(ledger.entry(ref)));
  return { cleaned, leftovers: ledger.leftovers };

  /** Deletes it as its first owner; where a list or its parent can show it gone, together with others, that is left for later. */
  async function removeFirst(ref: LedgerRef): Promise<string | null> {
    if (ledger.entry(ref).objectId === null) {
      const missing = await findUnanswered({ ledger, caretaker, operations }, ref);
      if (missing !== null || ledger.entry(ref).state === 'not-created') return missing;
    }
    const entry = ledger.entry(ref);
    if (entry.deleteUrl === null) {
      withoutDelete.push(ref);
      return toldBefore.get(ref) ?? 'the application has no operation that deletes it';
    }
    const proof = parentOf(entry, open) ? 'parent' : lists.stoodIn(entry) === null ? null : 'list';
    const [actor] = caretaker.ownersOf(entry);
    if (proof === null || actor === undefined) return caretaker.remove(entry);
    if (!isAccepted(await caretaker.deleteAs(actor, entry))) return caretaker.remove(entry);
    waiting.push({ ref, proof });
    return null;
  }

  /**
   * What a removed object of one kind is like is seen once by reading it: then its list is enough for the others of the kind,
   * and what lay below an object that is gone needs nothing more.
   */
  async function settleWaiting(): Promise<void> {
    const listed = waiting.filter(({ proof }) => proof === 'list').map(({ ref }) => ledger.entry(ref));
    const sizes = Map.groupBy(listed, (entry) => lists.stoodIn(entry));
    const size = (entry: LedgerEntry): number => sizes.get(lists.stoodIn(entry))?.length ?? 0;
    const seenGone = new Set<LedgerRef>();
    const trusted: LedgerEntry[] = [];
    for (const kind of Map.groupBy(listed, ({ type }) => type).values()) {
      const [first, ...others] = kind.toSorted((a, b) => size(a) - size(b));
      if (!first || !(await isSeenGone(first))) continue;
      seenGone.add(first.ref);
      trusted.push(...others);
    }
    let gone: ReadonlySet<LedgerRef> = new Set();
    await guarded(async () => void (gone = await lists.gone(trusted)));
    for (const { ref, proof } of waiting.splice(0).toReversed()) {
      const entry = ledger.entry(ref);
      const isProven =
        proof === 'list'
          ? seenGone.has(ref) || gone.has(ref)
          : parentOf(entry, open, ledger)?.state === 'cleaned';
      await settle(ref, async () => (isProven ? null : caretaker.remove(entry)));
    }
  }

  async function isSeenGone(entry: LedgerEntry): Promise<boolean> {
    const [actor] = caretaker.ownersOf(entry);
    if (actor === undefined) return false;
    let because: string | null = 'it was not looked for';
    await guarded(async () => void (because = await caretaker.isGone(entry, actor, true)));
    return because === null;
  }

  async function listOf(entry: LedgerEntry, url: string): Promise<SendResult | null> {
    const [actor] = caretaker.ownersOf(entry);
    if (actor === undefined) return null;
    let answer: SendResult | null = null;
    const purpose = `what is in the list of ${entry.type}`;
    await guarded(async () => void (answer = await caretaker.read(actor, entry, url, purpose)));
    return answer;
  }

  /** Lists below objects of ours are gone with them. */
  function isBelowOurs(url: string): boolean {
    return ledger.entries.some(({ objectId }) => objectId !== null && url.includes(`/${objectId}/`));
  }
}
