import { createPublicKey, type KeyObject } from 'node:crypto';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';

const places = ['/.well-known/jwks.json', '/jwks', '/api/auth/jwks', '/oauth/jwks', '/.well-known/jwks'];

/** Keys by which the application says that its tokens can be verified (JWK Set, RFC 7517); the first place that has any. */
export async function publicKeys(context: ProbeContext, probe: string): Promise<readonly KeyObject[]> {
  const { target, transport, operations } = context;
  const declared = operations
    .filter(({ method, path }) => method === 'GET' && /jwks/i.test(path) && !path.includes('{'))
    .map(({ origin, path }) => origin + path);
  for (const url of [
    ...new Set([...declared, ...places.map((path) => new URL(path, target.api).href)]),
  ].slice(0, 6)) {
    const result = await unlessGuarded(
      transport.send({
        actor: 'anonymous',
        probe,
        purpose: 'find the public keys of tokens',
        method: 'GET',
        url,
        headers: Object.entries(target.headers),
        effect: { kind: 'none' },
      }),
    );
    const json: unknown = result.kind === 'answer' && result.status === 200 ? result.json() : null;
    const keys = isJsonObject(json) && Array.isArray(json['keys']) ? json['keys'].filter(isJsonObject) : [];
    const read = keys.flatMap((key) => keyOf(key) ?? []);
    if (read.length > 0) return read;
  }
  return [];
}

function keyOf(jwk: Readonly<Record<string, unknown>>): KeyObject | null {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return null;
  }
}
