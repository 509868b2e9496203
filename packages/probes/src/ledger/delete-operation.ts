import type { Operation } from '@launch-ready/core';
import { parseRawUrl } from '../transport/raw-url.ts';
import type { LedgerEntry } from './ledger.ts';

/** The operation of a delete URL: segments that name the object are its slots, so that the guard holds them to the ledger. */
export function deleteOperation(url: string, entry: LedgerEntry): Operation {
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
