import type { HeaderList } from '@launch-ready/core';
import type { RawUrl } from './raw-url.ts';
import type { OutgoingRequest } from './transport.ts';

/** The headers of a request with those that every client sends, unless the request brings its own. */
export function outgoingHeaders(
  request: OutgoingRequest,
  url: RawUrl,
  body: { readonly bytes: Uint8Array; readonly contentType: string } | null,
  userAgent: string,
): HeaderList {
  const given = request.headers ?? [];
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const changing = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const defaults: [string, string][] = [
    ['host', url.authority],
    ['user-agent', userAgent],
    ['accept', 'application/json, text/html;q=0.9, */*;q=0.8'],
    ['accept-encoding', 'gzip, deflate, br'],
  ];
  if (body) defaults.push(['content-type', body.contentType]);
  if (body || changing) defaults.push(['content-length', String(body?.bytes.length ?? 0)]);
  return [
    ...defaults.filter(([name]) => !names.has(name)),
    ...given.map(([name, value]): [string, string] => [name.toLowerCase(), value]),
  ];
}
