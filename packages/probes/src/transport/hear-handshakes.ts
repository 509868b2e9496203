import type { HeaderList } from '@launch-ready/core';
import type { CDPSession } from 'playwright-core';
import type { PageAnswer } from './browser-wire.ts';

/** Hears how WebSockets of a page are answered, by the address that they have over HTTP; their cookies are not told. */
export function hearHandshakes(session: CDPSession, tell: (answer: PageAnswer) => void): void {
  const addresses = new Map<string, string>();
  session.on('Network.webSocketCreated', ({ requestId, url }) => {
    addresses.set(requestId, url.replace(/^ws(s?):/i, 'http$1:'));
  });
  session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
    const url = addresses.get(requestId);
    if (url === undefined) return;
    const { status, headers, requestHeaders = {} } = response;
    tell({
      url,
      method: 'GET',
      sent: headersOf(requestHeaders),
      status,
      headers: headersOf(headers),
      bytes: new Uint8Array(),
    });
  });
}

/** Headers as the tools of the browser name them, by lower-case name. */
export const headersOf = (headers: Readonly<Record<string, string>>): HeaderList =>
  Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
