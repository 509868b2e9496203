import { createHash } from 'node:crypto';
import { isLoopback, parseRawUrl } from '../transport/raw-url.ts';
import type { Transport } from '../transport/transport.ts';
import type { Target } from './target.ts';

/** Whether active probing is allowed. */
export type Ownership =
  | { readonly proven: true; readonly because: string }
  /** One line that says what to publish where. */
  | { readonly proven: false; readonly because: string };

const place = '/.well-known/launch-ready.txt';

/** What the owner of an origin publishes to allow a review of this name. */
export const ownershipToken = (targetName: string, origin: string): string =>
  `launch-ready-${createHash('sha256').update(`${targetName}\n${origin}`).digest('hex').slice(0, 32)}`;

/** Loopback is ours; every other origin must serve its token. Until then only plain reads of the front page are fair. */
export async function proveOwnership(
  target: Pick<Target, 'name' | 'origins'>,
  transport: Transport,
): Promise<Ownership> {
  const foreign = Object.values(target.origins).filter(
    (origin) => !isLoopback(parseRawUrl(origin)?.hostname ?? ''),
  );
  if (foreign.length === 0) return { proven: true, because: 'it runs on this machine' };
  for (const origin of new Set(foreign)) {
    const proof = await originOwnership(target.name, origin, transport);
    if (!proof.proven) return proof;
  }
  return { proven: true, because: `the token is at ${place}` };
}

/** Asks one origin for its token. */
export async function originOwnership(
  targetName: string,
  origin: string,
  transport: Transport,
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
  return {
    proven: false,
    because: `nothing shows that ${origin} is yours; serve the text ${token} at ${origin}${place}`,
  };
}
