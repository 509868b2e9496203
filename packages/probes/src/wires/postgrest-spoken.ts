import type { Operation, PostgrestWire } from '@launch-ready/core';
import { matchPath } from '../transport/path-template.ts';
import type { PlainRequest, Spoken } from './plain-request.ts';

/** A call on one row as PostgREST says it: a filter instead of a path, and the row asked back. */
export function postgrestSpoken(operation: Operation, wire: PostgrestWire, request: PlainRequest): Spoken {
  const rest = /^[a-z]+:\/\/[^/?#]+([^#]*)/i.exec(request.url)?.[1] ?? '/';
  const [path = '/', query = ''] = rest.split('?');
  const match = matchPath(operation.path, path);
  if (!match) return { kind: 'unspeakable', because: `${operation.id} has no other path` };
  const filters: string[] = [];
  for (const { slot, column } of wire.filters) {
    const value = match.values[slot] ?? '';
    // Without its filter a change would reach every row.
    if (value === '') return { kind: 'unspeakable', because: `${operation.id} needs a value of ${slot}` };
    filters.push(`${encodeURIComponent(column)}=eq.${encodeURIComponent(value)}`);
  }
  const parameters = [...filters, ...(query === '' ? [] : [query])].join('&');
  const base = new URL(wire.table, operation.origin || request.url).href;
  const asks = request.headers.some(([name]) => name.toLowerCase() === 'prefer');
  return {
    kind: 'spoken',
    request: {
      ...request,
      url: parameters === '' ? base : `${base}?${parameters}`,
      headers:
        wire.answer === 'one' && request.method !== 'GET' && !asks
          ? [...request.headers, ['prefer', 'return=representation']]
          : request.headers,
    },
    pointer: wire.answer === 'one' ? '/0' : '',
  };
}
