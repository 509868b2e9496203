import type { SendResult } from '../transport/transport.ts';

const idNames = ['id', '_id', 'uuid', 'objectId', 'documentId', 'slug', 'key', 'name'];

/** Id of the smallest object in a JSON answer that holds one of the markers; null when none does or it has no id. */
export function idOfPlanted(json: unknown, markers: readonly string[]): string | null {
  if (typeof json !== 'object' || json === null) return null;
  for (const inner of Object.values(json)) {
    const found = idOfPlanted(inner, markers);
    if (found !== null) return found;
  }
  if (Array.isArray(json)) return null;
  const text = JSON.stringify(json);
  if (!markers.some((marker) => text.includes(marker))) return null;
  for (const name of idNames) {
    const value: unknown = Object.entries(json).find(([key]) => key === name)?.[1];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value !== '' && !markers.some((marker) => value.includes(marker)))
      return value;
  }
  return null;
}

/** Address of the next page of a list, from the Link header (RFC 8288) or a `next` member; null on the last one. */
export function nextPage(result: Extract<SendResult, { kind: 'answer' }>, url: string): string | null {
  const linked = /<([^>]+)>\s*;[^,]*rel="?next"?/i.exec(result.header('link') ?? '')?.[1];
  const json: unknown = result.json();
  const members = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const inner = members.flatMap(([name, value]) =>
    /^(links|_links|meta|paging|pagination)$/.test(name) && typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [],
  );
  const named = [...members, ...inner].find(
    ([name, value]) => /^next(Url|Page|_url)?$/i.test(name) && typeof value === 'string',
  )?.[1];
  const next = linked ?? (typeof named === 'string' && /^(https?:|\/|\?)/.test(named) ? named : undefined);
  return next !== undefined && URL.canParse(next, url) ? new URL(next, url).href : null;
}

const usualPageSizes = new Set([10, 15, 20, 24, 25, 30, 40, 48, 50, 60, 100, 200, 250, 500, 1000]);

/** Whether a list without a next page holds just as many items as pages usually do, so that it may be cut. */
export function mayBeCut(json: unknown): boolean {
  if (Array.isArray(json)) return usualPageSizes.has(json.length);
  if (typeof json !== 'object' || json === null) return false;
  return Object.values(json).some((inner) => Array.isArray(inner) && usualPageSizes.has(inner.length));
}
