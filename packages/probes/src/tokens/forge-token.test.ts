import { createHmac, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  changedClaims,
  emptySignature,
  signedByHmac,
  unsigned,
  weakSecretOf,
  zeroSignatures,
} from './forge-token.ts';
import { ownKey } from './own-key.ts';
import { readableToken, type ReadableToken } from './readable-token.ts';
import { weakSecrets } from './weak-secrets.ts';

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function signedWith(secret: string, alg: 'HS256' | 'HS512' = 'HS256'): ReadableToken {
  const input = `${encoded({ alg })}.${encoded({ sub: 'ada', exp: 2_000_000_000 })}`;
  const hash = alg === 'HS256' ? 'sha256' : 'sha512';
  const token = readableToken(
    `Bearer ${input}.${createHmac(hash, secret).update(input).digest('base64url')}`,
  );
  if (token === null) throw new Error('not readable');
  return token;
}

test('a secret out of a tutorial is found without asking anybody, a random one is not', () => {
  expect(weakSecretOf(signedWith('supersecretkey'), weakSecrets('Hall'))).toBe('supersecretkey');
  expect(weakSecretOf(signedWith('hall-secret', 'HS512'), weakSecrets('Hall'))).toBe('hall-secret');
  expect(weakSecretOf(signedWith('b7f0c6e2-none-of-these'), weakSecrets('Hall'))).toBeNull();
});

test('forgeries say what they should, and keep what they should not touch', () => {
  const token = signedWith('b7f0c6e2-none-of-these');
  expect(readableToken(unsigned(token, 'none'))).toMatchObject({
    header: { alg: 'none' },
    claims: { sub: 'ada' },
  });
  expect(unsigned(token, 'none')).toMatch(/\.$/);
  expect(emptySignature(token)).toBe(`${token.text.slice(0, token.text.lastIndexOf('.'))}.`);
  expect(readableToken(changedClaims(token, { role: 'admin' }))?.claims).toMatchObject({
    sub: 'ada',
    role: 'admin',
  });
  expect(readableToken(signedByHmac(token, '', { header: { kid: 'x' } }))?.header).toMatchObject({
    alg: 'HS256',
    kid: 'x',
  });
});

test('a token with a key of its own is rightly signed by it', () => {
  const own = ownKey();
  const forged = own.sign(signedWith('b7f0c6e2-none-of-these'), { jwk: own.jwk });
  const key = readableToken(forged)?.header['jwk'];
  if (typeof key !== 'object' || key === null) throw new Error('no key');
  const [header, claims, signature = ''] = forged.split('.');
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
  expect(
    verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url')),
  ).toBe(true);
});

test('a signature of zeros keeps header and claims', () => {
  const token = signedWith('b7f0c6e2-none-of-these');
  const [raw = '', der = ''] = zeroSignatures(token, 64);
  expect(Buffer.from(raw.split('.')[2] ?? '', 'base64url')).toEqual(Buffer.alloc(64));
  for (const one of [raw, der]) expect(one.split('.').slice(0, 2)).toEqual(token.text.split('.').slice(0, 2));
});
