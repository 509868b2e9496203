import { anonymous, type ActorId, type HeaderList, type Leftover, type Operation } from '@launch-ready/core';
import { NotLoggedIn } from '../session/not-logged-in.ts';
import type { Sessions } from '../session/sessions.ts';
import { matchPath } from '../transport/path-template.ts';
import { parseRawUrl } from '../transport/raw-url.ts';
import { BudgetSpent, GuardRefusal, TargetLost } from '../transport/transport-errors.ts';
import type { Answer, SendResult, Transport } from '../transport/transport.ts';
import { isEnded } from './is-ended.ts';
import { openListProof } from './list-proof.ts';
import { idOfPlanted, mayBeCut, nextPage } from './find-planted.ts';
import type { Ledger, LedgerEntry, LedgerRef } from './ledger.ts';

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

const mostPages = 10;

/**
 * Removes what a run created, the newest first, and believes it only when a re-read shows it gone. Objects whose creating
 * request was never answered are looked for by their canary. What stays is a leftover with its reason; nothing is thrown for
 * what the target does. Call it again, also from another process with a restored ledger: what is clean stays untouched.
 */
export async function cleanUp(setting: CleanUpSetting): Promise<CleanUpResult> {
  const { ledger, sessions, transport } = setting;
  transport.beginCleanUp();
  const open = ledger.entries
    .filter(({ state }) => state === 'created' || state === 'intended' || state === 'leftover')
    .toReversed();
  const takenForGone = ledger.entries.filter(
    ({ state, deleteUrl }) => state === 'cleaned' && deleteUrl !== null,
  );
  const withoutDelete: LedgerRef[] = [];
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
  const settle = async (
    ref: LedgerRef,
    work: () => Promise<string | null>,
    waits: () => boolean = () => false,
  ): Promise<void> => {
    const because = await guarded(work);
    if (because === null && waits()) return;
    if (because !== null) ledger.leftover(ref, because);
    else if (ledger.entry(ref).state !== 'not-created') {
      ledger.cleaned(ref);
      cleaned += 1;
    }
  };

  const inLists = await openListProof(
    open.filter(({ objectId, deleteUrl }) => objectId !== null && deleteUrl !== null),
    listOf,
  );
  const later: { readonly entry: LedgerEntry; readonly proof: 'parent' | 'list' }[] = [];
  // What a removed object of one kind is like was seen once by reading it: then its list is enough for the others.
  const seenGone = new Set<string>();
  // A probe that could not undo something has said what to do about it.
  const toldBefore = new Map(ledger.leftovers.map(({ ref, because }) => [ref, because]));
  for (const { ref } of open) {
    let waits = false;
    const outcome = async (): Promise<string | null> => {
      if (ledger.entry(ref).objectId === null) {
        const missing = await look(ref);
        if (missing !== null || ledger.entry(ref).state === 'not-created') return missing;
      }
      const entry = ledger.entry(ref);
      if (entry.deleteUrl === null) {
        withoutDelete.push(ref);
        return toldBefore.get(ref) ?? 'the application has no operation that deletes it';
      }
      const proof = parentOf(entry, open)
        ? 'parent'
        : inLists.stoodIn(entry) && seenGone.has(entry.type)
          ? 'list'
          : null;
      if (proof !== null && (await isAccepted(entry))) {
        later.push({ entry, proof });
        waits = true;
        return null;
      }
      const because = await remove(ref);
      if (because === null) seenGone.add(entry.type);
      return because;
    };
    await settle(ref, outcome, () => waits);
  }
  const listed = later.filter(({ proof }) => proof === 'list').map(({ entry }) => entry);
  let gone: ReadonlySet<LedgerRef> = new Set();
  await guarded(async () => void (gone = await inLists.gone(listed)));
  for (const { entry, proof } of later.toReversed()) {
    await settle(entry.ref, async () => {
      const proven =
        proof === 'list' ? gone.has(entry.ref) : parentOf(entry, open, ledger)?.state === 'cleaned';
      return proven ? null : remove(entry.ref);
    });
  }
  // It may have gone with its parent.
  for (const ref of withoutDelete) {
    const entry = ledger.entry(ref);
    if ((entry.readUrl ?? entry.listUrl) === null) continue;
    await settle(ref, async () => {
      const seen = await isGone(entry, ownersOf(entry)[0] ?? entry.actor, false);
      return seen === null ? null : 'the application has no operation that deletes it';
    });
  }
  await sweep();
  return { cleaned, leftovers: ledger.leftovers };

  /** Looks through the lists for objects that a probe took for gone, and removes what is there all the same. */
  async function sweep(): Promise<void> {
    const ids = ledger.entries.flatMap(({ objectId }) => (objectId === null ? [] : [`/${objectId}/`]));
    const lists = Map.groupBy(takenForGone, ({ actor, listUrl }) => `${actor} ${listUrl}`);
    for (const group of lists.values()) {
      const [first] = group;
      // Lists below objects of ours are gone with them.
      const url = first?.listUrl ?? null;
      if (!first || url === null || ids.some((id) => url.includes(id))) continue;
      const answer = await listOf(first, url);
      if (answer?.kind !== 'answer' || answer.status >= 300) continue;
      const { text } = answer;
      const json: unknown = answer.json();
      for (const { ref, objectId, canaries } of group) {
        const named = objectId !== null && objectId.length >= 8 && text.includes(objectId);
        const marked = canaries.some(({ value }) => text.includes(value));
        if (!(named || marked) || (objectId !== null && isEnded(json, objectId))) continue;
        await settle(ref, () => remove(ref));
      }
    }
  }

  /** The creator first, then the other accounts of its tenant in the order of the target file. */
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

  async function remove(ref: LedgerRef): Promise<string | null> {
    const entry = ledger.entry(ref);
    const owners = ownersOf(entry);
    if (owners.length === 0) return `${entry.actor} is not logged in, and nobody else of ${entry.tenant} is`;
    let because: string | null = null;
    for (const actor of owners) {
      const answer = await deleteAs(actor, entry);
      if (answer.kind === 'no-answer') {
        because ??= `DELETE got no answer: ${answer.because}`;
        continue;
      }
      const accepted = answer.status < 300 || answer.status === 404 || answer.status === 410;
      const still = await isGone(entry, actor, accepted);
      if (still === null) return null;
      because ??= `DELETE as ${actor} answered ${answer.status}, and ${still}`;
    }
    return because;
  }

  /** Whether its owner's DELETE was taken, or finds nothing any more. Whether that is true, its parent or its list shows. */
  async function isAccepted(entry: LedgerEntry): Promise<boolean> {
    const [actor] = ownersOf(entry);
    if (actor === undefined) return false;
    const answer = await deleteAs(actor, entry);
    return (
      answer.kind === 'answer' && (answer.status < 300 || answer.status === 404 || answer.status === 410)
    );
  }

  async function listOf(entry: LedgerEntry, url: string): Promise<SendResult | null> {
    const [actor] = ownersOf(entry);
    if (actor === undefined) return null;
    let answer: SendResult | null = null;
    await guarded(
      async () => void (answer = await read(actor, entry, url, `what is in the list of ${entry.type}`)),
    );
    return answer;
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

  /** Null when the object is gone; otherwise what shows that it is not, or that nothing can show it. */
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

  /** Finds an object whose creating request was never answered, or with an error of the application. Null when that is settled, either way. */
  async function look(ref: LedgerRef): Promise<string | null> {
    const entry = ledger.entry(ref);
    const [actor] = ownersOf(entry);
    const unsure = 'whether it was made is not known';
    const listUrl = entry.listUrl ?? listAtCreation(entry, setting.operations ?? []);
    if (listUrl === null || entry.canaries.length === 0)
      return `${unsure}, and there is no list to look for it`;
    if (actor === undefined) return `${unsure}, and nobody of ${entry.tenant} is logged in`;
    const markers = entry.canaries.map(({ value }) => value);
    let url: string | null = listUrl;
    for (let page = 0; url !== null && page < mostPages; page += 1) {
      const result: SendResult = await read(actor, entry, url, `look for ${ref}`);
      if (result.kind === 'no-answer' || result.status >= 300) {
        return `${unsure}, and its list answers ${result.kind === 'answer' ? result.status : result.because}`;
      }
      if (markers.some((marker) => result.text.includes(marker)))
        return adopt({ ...entry, listUrl }, result, markers);
      url = nextPage(result, url);
      if (url === null && mayBeCut(result.json())) return `${unsure}, and its list may be cut where it ends`;
    }
    if (url !== null) return `${unsure}, and its list has more than ${mostPages} pages`;
    ledger.notCreated(ref);
    return null;
  }

  function adopt(entry: LedgerEntry, answer: Answer, markers: readonly string[]): string | null {
    const objectId = idOfPlanted(answer.json(), markers);
    if (objectId === null) return 'it stands in its list without an id';
    const own = entry.deleteUrl ?? ownUrl(entry.listUrl ?? '', objectId);
    ledger.created(entry.ref, { objectId, deleteUrl: own, readUrl: entry.readUrl, listUrl: entry.listUrl });
    return null;
  }

  /** Where the object with this id is deleted: by a known operation one step below the list, or simply there. */
  function ownUrl(listUrl: string, objectId: string): string {
    const list = parseRawUrl(listUrl);
    const path = `${(list?.path.split('?')[0] ?? '').replace(/\/$/, '')}/${encodeURIComponent(objectId)}`;
    const listPath = path.slice(0, path.lastIndexOf('/'));
    const known = (setting.operations ?? [])
      .filter(({ method }) => method === 'DELETE')
      .some((operation) => matchPath(operation.path, path) !== null);
    if (known || setting.operations === undefined) return `${list?.origin ?? ''}${path}`;
    // A nested list, deleted by a flat route: /spaces/1/posts and DELETE /posts/{post}.
    const kind = listPath.split('/').at(-1) ?? '';
    const flat = setting.operations.find(
      ({ method, path: template }) =>
        method === 'DELETE' &&
        new RegExp(`/${kind.replace(/\W/g, '\\$&')}/\\{[^}]+\\}$`).test(template) &&
        template.split('{').length === 2,
    );
    return flat
      ? `${flat.origin}${flat.path.replace(/\{[^}]+\}/, encodeURIComponent(objectId))}`
      : `${list?.origin ?? ''}${path}`;
  }
}

/** The object of ours below whose address this one lies, and that is removed as well. */
function parentOf(
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

/** Where a read lists what a creating request makes: at the same address. Null when there is no such read. */
function listAtCreation(entry: LedgerEntry, operations: readonly Operation[]): string | null {
  const create = operations.find(({ id }) => id === entry.operation);
  const list = operations.find(
    ({ method, path, origin }) => method === 'GET' && path === create?.path && origin === create.origin,
  );
  if (!list) return null;
  const known = [...list.path.matchAll(/\{([^}]+)\}/g)].every(
    ([, name]) => entry.slots[name ?? ''] !== undefined,
  );
  if (!known) return null;
  return `${list.origin}${list.path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(entry.slots[name] ?? ''))}`;
}

/** The operation of a delete URL: segments that name the object are its slots, so that the guard holds them to the ledger. */
function deleteOperation(url: string, entry: LedgerEntry): Operation {
  const raw = parseRawUrl(url);
  const own = new Set([entry.objectId, ...Object.values(entry.slots).slice(-1)]);
  const path = (raw?.path.split('?')[0] ?? '')
    .split('/')
    .map((segment) => (own.has(segment) || own.has(decodeURIComponent(segment)) ? '{object}' : segment))
    .join('/');
  return {
    id: `DELETE ${path}`,
    method: 'DELETE',
    path,
    origin: raw?.origin ?? '',
    tags: [],
    slots: [],
    responses: [],
    declaredAuth: 'unstated',
    sources: ['ledger'],
  };
}
