import { generateKeyPairSync, sign } from 'node:crypto';
import type { JsonObject } from '../plant/json-scalars.ts';
import type { ReadableToken } from './readable-token.ts';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const keyName = 'own';

/** A key pair of the sender, under a name of its own. */
export interface OwnKey {
  /** The public half (RFC 7517). */
  readonly jwk: JsonObject;
  /** The claims of a token, signed by the private half; `more` goes into the header. */
  sign(token: ReadableToken, more: JsonObject): string;
}

export function ownKey(): OwnKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { kty = 'RSA', n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return {
    jwk: { kty, n, e, kid: keyName, use: 'sig', alg: 'RS256' },
    sign: (token, more) => {
      const header = encoded({ ...token.header, alg: 'RS256', kid: keyName, ...more });
      const input = `${header}.${token.text.split('.')[1] ?? ''}`;
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },
  };
}
