import type { originKinds } from '@launch-ready/core';
import { isAddress } from './site-of.ts';

type OriginKind = (typeof originKinds)[number];

export interface ForeignOrigin {
  readonly kind: OriginKind;
  readonly origin: string;
}

/** Nobody can own a name below `.test` (RFC 6761), so that these origins are nobody's. */
const stranger = 'launch-ready-stranger.test';

/**
 * Origins that nobody listed, some of them look-alikes of the real one, in the spelling of a browser. Kinds that the real
 * origin leaves no room for are absent: an address has no subdomains, and plain http is no other origin for plain http.
 */
export function foreignOrigins(app: string, own: readonly string[]): readonly ForeignOrigin[] {
  const { protocol, hostname, port } = new URL(app);
  const address = isAddress(hostname);
  const at = (host: string, scheme = protocol): string =>
    new URL(`${scheme}//${host}${port === '' ? '' : `:${port}`}`).origin;
  const list: ForeignOrigin[] = [
    { kind: 'arbitrary', origin: `https://${stranger}` },
    { kind: 'null', origin: 'null' },
  ];
  if (!hostname.startsWith('[')) list.push({ kind: 'suffix', origin: at(`${hostname}.${stranger}`) });
  if (!address) {
    list.push({ kind: 'prefix', origin: at(`launchreadystranger${hostname}`) });
    // A dot in a pattern that stands for any character.
    if (hostname.includes('.')) list.push({ kind: 'unescaped-dot', origin: at(hostname.replace('.', 'x')) });
    list.push({ kind: 'subdomain', origin: at(`launch-ready-stranger.${hostname}`) });
  }
  if (protocol === 'https:') list.push({ kind: 'plain-http', origin: new URL(`http://${hostname}`).origin });
  const listed = new Set(own.map((origin) => new URL(origin).origin));
  return list.filter(({ origin }) => !listed.has(origin));
}
