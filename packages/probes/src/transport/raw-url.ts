/** An absolute http(s) URL taken apart without normalisation, so that `/a/../b` reaches the wire as written. */
export interface RawUrl {
  readonly scheme: 'http' | 'https';
  /** Host and port as written. */
  readonly authority: string;
  readonly hostname: string;
  readonly port: number;
  /** Scheme, host and port in their canonical form. */
  readonly origin: string;
  /** Path and query as they go onto the wire; characters that no request line can carry are percent-encoded. */
  readonly path: string;
}

const parts = /^(https?):\/\/([^/?#\\]+)([^#]*)/i;

/** Takes an absolute URL apart; null when it is not one, or names a user. */
export function parseRawUrl(url: string): RawUrl | null {
  const match = parts.exec(url);
  const authority = match?.[2];
  if (
    !match ||
    authority === undefined ||
    authority.includes('@') ||
    !URL.canParse(`${match[1]}://${authority}/`)
  )
    return null;
  const base = new URL(`${match[1]}://${authority}/`);
  const scheme = base.protocol === 'https:' ? 'https' : 'http';
  const rest = match[3] ?? '';
  return {
    scheme,
    authority,
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port === '' ? (scheme === 'https' ? 443 : 80) : Number(base.port),
    origin: base.origin,
    path: (rest.startsWith('/') ? rest : `/${rest}`).replace(/[^\u0021-\u007e]+/g, encodeURIComponentSafely),
  };
}

/** Whether a host name means this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '::1' ||
  /^127(\.\d{1,3}){3}$/.test(hostname);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
