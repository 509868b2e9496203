import { anonymous, type ActorId, type HeaderList } from '@launch-ready/core';
import type { Sessions } from '../session/sessions.ts';
import type { SendResult } from '../transport/transport.ts';
import { deleteOperation } from './delete-operation.ts';
import { nextPage } from './find-planted.ts';
import { isEnded } from './is-ended.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** Reads and removes objects of the ledger with the eyes and hands of those to whom they belong. */
export interface Caretaker {
  /** The creator first, then the other accounts of its tenant in the order of the target file. */
  ownersOf(entry: LedgerEntry): readonly ActorId[];
  read(actor: ActorId, entry: LedgerEntry, url: string, purpose: string): Promise<SendResult>;
  deleteAs(actor: ActorId, entry: LedgerEntry): Promise<SendResult>;
  /** Null when the object is gone; otherwise what shows that it is not, or that nothing can show it. */
  isGone(entry: LedgerEntry, actor: ActorId, accepted: boolean): Promise<string | null>;
  /** Deletes it as its owners, one after the other, until one of them no longer finds it; null then, otherwise why not. */
  remove(entry: LedgerEntry): Promise<string | null>;
}

/** Pages of a list that are looked through for an object. */
export const mostPages = 10;

/** Whether a DELETE was taken, or finds nothing any more. Whether that is true, a read has to show. */
export const isAccepted = (answer: SendResult): boolean =>
  answer.kind === 'answer' && (answer.status < 300 || answer.status === 404 || answer.status === 410);

export function createCaretaker(ledger: Ledger, sessions: Sessions): Caretaker {
  return { ownersOf, read, deleteAs, isGone, remove };

  function ownersOf(entry: LedgerEntry): readonly ActorId[] {
    const proven = sessions.actors;
    const throwaway = sessions.throwaway(entry.tenant) === entry.actor;
    const creator =
      throwaway || entry.actor === anonymous || proven.some(({ id }) => id === entry.actor)
        ? [entry.actor]
        : [];
    return [
      ...creator,
      ...proven.filter(({ id, tenant }) => tenant === entry.tenant && id !== entry.actor).map(({ id }) => id),
    ];
  }

  /** Its own, or those of another object of its tenant: what names a tenant names it everywhere. */
  function headersOf({ tenant, type, headers }: LedgerEntry): HeaderList {
    const known = ledger.entries.filter((one) => one.tenant === tenant && one.headers !== undefined);
    return headers ?? (known.find((one) => one.type === type) ?? known[0])?.headers ?? [];
  }

  function read(actor: ActorId, entry: LedgerEntry, url: string, purpose: string): Promise<SendResult> {
    return sessions.send(actor, {
      probe: 'ledger/clean-up',
      purpose,
      method: 'GET',
      url,
      headers: headersOf(entry),
      effect: { kind: 'none' },
    });
  }

  function deleteAs(actor: ActorId, entry: LedgerEntry): Promise<SendResult> {
    const url = entry.deleteUrl ?? '';
    return sessions.send(actor, {
      probe: 'ledger/clean-up',
      purpose: `remove ${entry.ref}`,
      method: 'DELETE',
      url,
      headers: headersOf(entry),
      operation: deleteOperation(url, entry),
      effect: { kind: 'change', objects: [entry.ref] },
    });
  }

  async function isGone(entry: LedgerEntry, actor: ActorId, accepted: boolean): Promise<string | null> {
    const url = entry.readUrl ?? entry.listUrl;
    if (url === null) {
      if (!accepted) return 'there is no way to see whether it is gone';
      const again = await deleteAs(actor, entry);
      const gone = again.kind === 'answer' && [403, 404, 410].includes(again.status);
      return gone ? null : 'nothing shows that it is gone';
    }
    const markers = entry.canaries.map(({ value }) => value);
    let next: string | null = url;
    for (let page = 0; next !== null && page < mostPages; page += 1) {
      const answer: SendResult = await read(actor, entry, next, `is ${entry.ref} gone`);
      if (answer.kind === 'no-answer') return `reading it again got no answer: ${answer.because}`;
      if (answer.status === 404 || answer.status === 410) {
        return entry.readUrl === null && !accepted ? 'its list cannot be read' : null;
      }
      // Some say of what is not there that it may not be read, or that the request is wrong.
      if ([400, 403, 422].includes(answer.status) && accepted && entry.readUrl !== null) return null;
      if (answer.status >= 300) return `reading it again answers ${answer.status}`;
      if (accepted && entry.objectId !== null && isEnded(answer.json(), entry.objectId)) return null;
      if (markers.some((marker) => answer.text.includes(marker))) return 'it can still be read';
      if (markers.length === 0) return 'it carries no canary that could be seen to be gone';
      next = entry.readUrl === null ? nextPage(answer, next) : null;
    }
    return next === null ? null : `its list has more than ${mostPages} pages`;
  }

  async function remove(entry: LedgerEntry): Promise<string | null> {
    const owners = ownersOf(entry);
    if (owners.length === 0) return `${entry.actor} is not logged in, and nobody else of ${entry.tenant} is`;
    let because: string | null = null;
    for (const actor of owners) {
      const answer = await deleteAs(actor, entry);
      if (answer.kind === 'no-answer') {
        because ??= `DELETE got no answer: ${answer.because}`;
        continue;
      }
      const still = await isGone(entry, actor, isAccepted(answer));
      if (still === null) return null;
      because ??= `DELETE as ${actor} answered ${answer.status}, and ${still}`;
    }
    return because;
  }
}
