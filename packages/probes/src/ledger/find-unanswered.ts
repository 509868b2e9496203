import type { Operation } from '@launch-ready/core';
import { matchPath } from '../transport/path-template.ts';
import { parseRawUrl } from '../transport/raw-url.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import { mostPages, type Caretaker } from './caretaker.ts';
import { idOfPlanted, mayBeCut, nextPage } from './find-planted.ts';
import type { Ledger, LedgerEntry, LedgerRef } from './ledger.ts';

/**
 * Finds an object whose creating request was never answered, or with an error of the application. Null when that is settled,
 * either way; otherwise why it is not.
 *
 * @param operations tell how an object is deleted of which only its place in a list is known; absent when nothing is known
 */
export async function findUnanswered(
  {
    ledger,
    caretaker,
    operations,
  }: {
    readonly ledger: Ledger;
    readonly caretaker: Caretaker;
    readonly operations: readonly Operation[] | undefined;
  },
  ref: LedgerRef,
): Promise<string | null> {
  const entry = ledger.entry(ref);
  const [actor] = caretaker.ownersOf(entry);
  const unsure = 'whether it was made is not known';
  const listUrl = entry.listUrl ?? listAtCreation(entry, operations ?? []);
  if (listUrl === null || entry.canaries.length === 0)
    return `${unsure}, and there is no list to look for it`;
  if (actor === undefined) return `${unsure}, and nobody of ${entry.tenant} is logged in`;
  const markers = entry.canaries.map(({ value }) => value);
  let url: string | null = listUrl;
  for (let page = 0; url !== null && page < mostPages; page += 1) {
    const result: SendResult = await caretaker.read(actor, entry, url, `look for ${ref}`);
    if (result.kind === 'no-answer' || result.status >= 300) {
      return `${unsure}, and its list answers ${result.kind === 'answer' ? result.status : result.because}`;
    }
    if (markers.some((marker) => result.text.includes(marker)))
      return adopt(ledger, { ...entry, listUrl }, result, markers, operations);
    url = nextPage(result, url);
    if (url === null && mayBeCut(result.json())) return `${unsure}, and its list may be cut where it ends`;
  }
  if (url !== null) return `${unsure}, and its list has more than ${mostPages} pages`;
  ledger.notCreated(ref);
  return null;
}

function adopt(
  ledger: Ledger,
  entry: LedgerEntry,
  answer: Answer,
  markers: readonly string[],
  operations: readonly Operation[] | undefined,
): string | null {
  const objectId = idOfPlanted(answer.json(), markers);
  if (objectId === null) return 'it stands in its list without an id';
  const own = entry.deleteUrl ?? ownUrl(entry.listUrl ?? '', objectId, operations);
  ledger.created(entry.ref, { objectId, deleteUrl: own, readUrl: entry.readUrl, listUrl: entry.listUrl });
  return null;
}

/** Where the object with this id is deleted: by a known operation one step below the list, or simply there. */
function ownUrl(listUrl: string, objectId: string, operations: readonly Operation[] | undefined): string {
  const list = parseRawUrl(listUrl);
  const path = `${(list?.path.split('?')[0] ?? '').replace(/\/$/, '')}/${encodeURIComponent(objectId)}`;
  const listPath = path.slice(0, path.lastIndexOf('/'));
  const known = (operations ?? [])
    .filter(({ method }) => method === 'DELETE')
    .some((operation) => matchPath(operation.path, path) !== null);
  if (known || operations === undefined) return `${list?.origin ?? ''}${path}`;
  // A nested list, deleted by a flat route: /spaces/1/posts and DELETE /posts/{post}.
  const kind = listPath.split('/').at(-1) ?? '';
  const flat = operations.find(
    ({ method, path: template }) =>
      method === 'DELETE' &&
      new RegExp(`/${kind.replace(/\W/g, '\\$&')}/\\{[^}]+\\}$`).test(template) &&
      template.split('{').length === 2,
  );
  return flat
    ? `${flat.origin}${flat.path.replace(/\{[^}]+\}/, encodeURIComponent(objectId))}`
    : `${list?.origin ?? ''}${path}`;
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
