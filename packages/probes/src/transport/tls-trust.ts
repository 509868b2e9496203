import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { isLoopback } from './raw-url.ts';

/** How certificates of the target are judged. */
export interface TlsTrust {
  /** What `node:https` and `node:http2` take to connect to this host. */
  options(hostname: string): { readonly rejectUnauthorized?: boolean; readonly ca?: string[] };
}

/**
 * Certificates are judged by the authorities that Node knows, with those of `NODE_EXTRA_CA_CERTS`. On loopback any is taken, for a
 * certificate of one's own machine proves nothing to anybody; with an authority of the target's own none is taken unseen.
 *
 * @param authority PEM text of further authorities, or null
 */
export function tlsTrust(authority: string | null): TlsTrust {
  const ca = authority === null ? null : [...rootCertificates, ...extraAuthorities(), authority];
  return {
    options: (hostname) => (ca !== null ? { ca } : isLoopback(hostname) ? { rejectUnauthorized: false } : {}),
  };
}

/** Naming authorities replaces all that Node knows by itself, those of the environment too. */
function extraAuthorities(): readonly string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'];
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    // Node has warned about it at its start.
    return [];
  }
}
