import { createHash } from 'node:crypto';
import { isLoopback, parseRawUrl } from '../transport/raw-url.ts';
import type { Transport } from '../transport/transport.ts';
import type { TxtResolver } from '../transport/txt-resolver.ts';
import type { Target } from './target.ts';

/** Whether active probing is allowed. */
export type Ownership =
  | { readonly proven: true; readonly because: string }
  /** One line that says what to publish where. */
  | { readonly proven: false; readonly because: string };

const place = '/.well-known/launch-ready.txt';
const label = '_launch-ready';

/** What the owner of an origin publishes to allow a review of this name. */
export const ownershipToken = (targetName: string, origin: string): string =>
  `launch-ready-${createHash('sha256').update(`${targetName}\n${origin}`).digest('hex').slice(0, 32)}`;

/**
 * Loopback is ours; every other origin must serve its token, or its owner must publish it in DNS. Until then only plain reads
 * of the front page are fair.
 */
export async function proveOwnership(
  target: Pick<Target, 'name' | 'origins'>,
  transport: Transport,
  txtRecords: TxtResolver,
): Promise<Ownership> {
  const foreign = Object.values(target.origins).filter(
    (origin) => !isLoopback(parseRawUrl(origin)?.hostname ?? ''),
  );
  if (foreign.length === 0) return { proven: true, because: 'it runs on this machine' };
  for (const origin of new Set(foreign)) {
    const proof = await originOwnership(target.name, origin, { transport, txtRecords });
    if (!proof.proven) return proof;
  }
  return { proven: true, because: `the token is at ${place}, or in DNS at ${label}` };
}

/** Asks one origin, then DNS, for the origin's token. */
export async function originOwnership(
  targetName: string,
  origin: string,
  { transport, txtRecords }: { readonly transport: Transport; readonly txtRecords: TxtResolver },
): Promise<Ownership> {
  const token = ownershipToken(targetName, origin);
  const result = await transport.send({
    actor: 'anonymous',
    probe: 'target/ownership',
    purpose: 'is this origin yours',
    method: 'GET',
    url: `${origin}${place}`,
    effect: { kind: 'none' },
    maxBytes: 64 * 1024,
  });
  const lines = result.kind === 'answer' && result.status === 200 ? result.text.split(/\s+/) : [];
  if (lines.includes(token)) return { proven: true, because: `the token is at ${origin}${place}` };
  const host = parseRawUrl(origin)?.hostname ?? '';
  const name = /^[\d.]+$|:|\[/.test(host) || host === '' ? null : `${label}.${host}`;
  const published = name === null ? { kind: 'records' as const, records: [] } : await txtRecords(name);
  if (
    published.kind === 'records' &&
    published.records.some((record) => record.split(/[\s;,]+/).includes(token))
  )
    return { proven: true, because: `the token is in DNS at ${name}` };
  const inDns = name === null ? '' : `, or publish it as a TXT record of ${name}`;
  const silent = published.kind === 'no-answer' ? ` (DNS: ${published.because})` : '';
  return {
    proven: false,
    because: `nothing shows that ${origin} is yours; serve the text ${token} at ${origin}${place}${inDns}${silent}`,
  };
}
