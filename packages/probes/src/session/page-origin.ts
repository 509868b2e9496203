import type { HeaderList, HttpMethod } from '@launch-ready/core';
import { isSafeMethod } from '@launch-ready/core';

/**
 * Headers of a request with what a browser on the application's own page would add: Fetch Metadata, Origin and the page's
 * CSRF token. A request that brings its own `origin` is left alone; an empty one is dropped and nothing added.
 */
export function asFromOwnPage(
  request: { readonly method: HttpMethod; readonly headers: HeaderList },
  page: { readonly app: string; readonly tokens: HeaderList },
): HeaderList {
  if (isSafeMethod(request.method)) return request.headers;
  const origin = request.headers.find(([name]) => name.toLowerCase() === 'origin');
  if (origin)
    return origin[1] === '' ? request.headers.filter((header) => header !== origin) : request.headers;
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const added: HeaderList = [
    ['origin', new URL(page.app).origin],
    ['sec-fetch-site', 'same-origin'],
    ...page.tokens,
  ];
  return [...request.headers, ...added.filter(([name]) => !given.has(name.toLowerCase()))];
}
