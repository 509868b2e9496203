import { createHmac, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../plant/json-scalars.ts';
import type { ReadableToken } from './readable-token.ts';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = ({ text }: ReadableToken): readonly [string, string, string] => {
  const [header = '', claims = '', signature = ''] = text.split('.');
  return [header, claims, signature];
};

/** A token with this header and no signature; RFC 7519 section 6 calls the algorithm `none`. */
export function unsigned(token: ReadableToken, alg: string): string {
  return `${encoded({ ...token.header, alg })}.${partsOf(token)[1]}.`;
}

/** The same token with an empty signature, its algorithm untouched. */
export function emptySignature(token: ReadableToken): string {
  const [header, claims] = partsOf(token);
  return `${header}.${claims}.`;
}

/** Claims changed under the old signature. */
export function changedClaims(token: ReadableToken, changes: JsonObject): string {
  const [header, , signature] = partsOf(token);
  return `${header}.${encoded({ ...token.claims, ...changes })}.${signature}`;
}

/** Signed by HMAC SHA-256 with any bytes as the key, empty ones included, which libraries refuse to do. */
export function signedByHmac(
  token: ReadableToken,
  key: string | Uint8Array,
  more: { readonly header?: JsonObject; readonly claims?: JsonObject } = {},
): string {
  const input = `${encoded({ ...token.header, alg: 'HS256', ...more.header })}.${encoded({ ...token.claims, ...more.claims })}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

/**
 * A signature of nothing but zeros, in both forms of an elliptic one; a careless verification takes it for any content
 * (CVE-2022-21449).
 */
export function zeroSignatures(token: ReadableToken, bytes: number): readonly string[] {
  const [header, claims] = partsOf(token);
  const der = Buffer.from([0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00]);
  return [Buffer.alloc(bytes), der].map((one) => `${header}.${claims}.${one.toString('base64url')}`);
}

/** A public key in the forms in which a server may hold it as text. */
export const publicKeyTexts = (key: KeyObject): readonly string[] => {
  const pem = key.export({ type: 'spki', format: 'pem' }).toString();
  return [pem, pem.trim()];
};

const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const;

/** Which of these secrets signed the token; null when none did, or when it is not signed by a secret. Asks nobody. */
export function weakSecretOf(token: ReadableToken, secrets: readonly string[]): string | null {
  const { alg } = token.header;
  if (alg !== 'HS256' && alg !== 'HS384' && alg !== 'HS512') return null;
  const [header, claims, signature] = partsOf(token);
  const signedBy = (secret: string): boolean =>
    createHmac(hashes[alg], secret).update(`${header}.${claims}`).digest('base64url') === signature;
  return secrets.find(signedBy) ?? null;
}
