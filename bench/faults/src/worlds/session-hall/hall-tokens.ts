import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto';
import { SignJWT } from 'jose';
import * as z from 'zod';
import type { IsOn } from '../world.ts';
import type { HallClock } from './hall-clock.ts';
import type { Role } from './hall-house.ts';

const header = z.object({
  alg: z.string(),
  kid: z.string().optional(),
  jwk: z.record(z.string(), z.unknown()).optional(),
  jku: z.url().optional(),
});
const claims = z.object({
  sub: z.string(),
  sid: z.string(),
  roles: z.record(z.string(), z.enum(['admin', 'member'])),
  exp: z.number().optional(),
});
type Claims = z.infer<typeof claims>;
const keySet = z.object({ keys: z.tuple([z.record(z.string(), z.unknown())]) });

/** Makes and verifies the access tokens of one start of the hall, by hand so that every mistake of others can be made here. */
export interface Tokens {
  make(told: {
    readonly sub: string;
    readonly sid: string;
    readonly roles: Readonly<Record<string, Role>>;
  }): Promise<string>;
  /** Fetches the keys to which a token points, where the hall makes that mistake. */
  follow(token: string): Promise<void>;
  /** What a token says, when it is to be believed. */
  read(token: string): Claims | null;
  readonly jwks: object | null;
}

const parsed = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

export function hallTokens(by: 'secret' | 'key-pair', clock: HallClock, isOn: IsOn): Tokens {
  const secret = isOn('hall-common-secret') ? Buffer.from('supersecretkey') : randomBytes(32);
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' });
  const alg = by === 'secret' ? 'HS256' : 'RS256';
  const hmac = (key: string | Buffer, input: string): string =>
    createHmac('sha256', key).update(input).digest('base64url');
  const lifeSeconds = isOn('hall-day-long-tokens') ? 86_400 : 900;

  const followed = new Map<string, KeyObject>();

  const isSigned = (token: string): boolean => {
    const [head = '', body = '', signature = ''] = token.split('.');
    const input = `${head}.${body}`;
    const { alg: named, kid, jwk, jku } = header.parse(parsed(head));
    if (isOn('hall-believes-claims')) return signature !== '';
    if (isOn('hall-takes-none') && named.toLowerCase() === 'none') return true;
    if (isOn('hall-takes-empty-signature') && named === alg && signature === '') return true;
    if (isOn('hall-takes-key-of-token') && jwk !== undefined) {
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      return verify('sha256', Buffer.from(input), key, Buffer.from(signature, 'base64url'));
    }
    const fetched = jku === undefined ? undefined : followed.get(jku);
    if (fetched !== undefined)
      return verify('sha256', Buffer.from(input), fetched, Buffer.from(signature, 'base64url'));
    if (isOn('hall-takes-key-from-file') && kid?.includes('dev/null')) return signature === hmac('', input);
    if (named === 'HS256' && by === 'key-pair')
      return isOn('hall-confuses-keys') && signature === hmac(pem.toString(), input);
    if (named !== alg) return false;
    return by === 'secret'
      ? signature === hmac(secret, input)
      : verify('sha256', Buffer.from(input), pair.publicKey, Buffer.from(signature, 'base64url'));
  };

  return {
    make: ({ sub, sid, roles }) => {
      const token = new SignJWT({ sid, roles })
        .setProtectedHeader({ alg, kid: 'hall-1' })
        .setSubject(sub)
        .setIssuedAt(new Date(clock.now()));
      if (!isOn('hall-tokens-without-end'))
        token.setExpirationTime(new Date(clock.now() + lifeSeconds * 1000));
      return token.sign(by === 'secret' ? secret : pair.privateKey);
    },
    follow: async (token) => {
      if (!isOn('hall-fetches-keys')) return;
      try {
        const { jku } = header.parse(parsed(token.split('.')[0] ?? ''));
        if (jku === undefined) return;
        const { keys } = keySet.parse(await (await fetch(jku)).json());
        followed.set(jku, createPublicKey({ key: keys[0], format: 'jwk' }));
      } catch {
        // No key is there.
      }
    },
    read: (token) => {
      try {
        if (!isSigned(token)) return null;
        const told = claims.parse(parsed(token.split('.')[1] ?? ''));
        const hasEnded = told.exp !== undefined && told.exp * 1000 < clock.now();
        return hasEnded && !isOn('hall-ignores-end') ? null : told;
      } catch {
        return null;
      }
    },
    jwks:
      by === 'secret'
        ? null
        : {
            keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'hall-1', use: 'sig', alg: 'RS256' }],
          },
  };
}
