import type { KeyObject } from 'node:crypto';
import {
  changedClaims,
  emptySignature,
  publicKeyTexts,
  signedByHmac,
  unsigned,
  zeroSignatures,
} from './forge-token.ts';
import type { OwnKey } from './own-key.ts';
import type { ReadableToken } from './readable-token.ts';

/** One kind of forgery, with the tokens that stand for it. */
export interface Forgery {
  readonly variant: string;
  /** How it was made, in words. */
  readonly how: string;
  readonly tokens: readonly string[];
}

/** Names of algorithms that a careless comparison lets through. */
const none = ['none', 'None', 'NONE', 'nOnE'];

/** Lengths of elliptic signatures in bytes (RFC 7518 section 3.4). */
const ellipticBytes = new Map([
  ['ES256', 64],
  ['ES384', 96],
  ['ES512', 132],
]);

/** What forgeries are made with. */
export interface Tools {
  /** Keys that the server publishes. */
  readonly keys: readonly KeyObject[];
  readonly own: OwnKey;
  /** Where the server could fetch the public half of our own key; null when nowhere. */
  readonly ownAt: string | null;
}

/** Every kind of forgery that needs no key of the server. */
export function forgeries(token: ReadableToken, { keys, own, ownAt }: Tools): readonly Forgery[] {
  const { exp } = token.claims;
  const later = typeof exp === 'number' ? { exp: exp + 3600 } : { lr: 1 };
  const roles = Object.fromEntries(
    Object.entries(token.claims).flatMap(([name, value]) =>
      /^(role|roles|scope|permissions?|admin|is_?admin)$/i.test(name)
        ? [[name, Array.isArray(value) ? ['admin'] : typeof value === 'boolean' ? true : 'admin']]
        : [],
    ),
  );
  const alg = String(token.header['alg']);
  const symmetric = alg.startsWith('HS');
  const elliptic = ellipticBytes.get(alg);
  return [
    {
      variant: 'no signature',
      how: 'its algorithm set to none and its signature taken off',
      tokens: none.map((one) => unsigned(token, one)),
    },
    { variant: 'empty signature', how: 'its signature taken off', tokens: [emptySignature(token)] },
    {
      variant: 'changed claims',
      how: 'its end and its role changed under the old signature',
      tokens: [changedClaims(token, { ...later, ...roles })],
    },
    ...(elliptic === undefined
      ? []
      : [
          {
            variant: 'zero signature',
            how: 'its signature replaced by zeros',
            tokens: zeroSignatures(token, elliptic),
          },
        ]),
    ...(symmetric
      ? []
      : [
          {
            variant: 'empty key',
            how: 'signed by HMAC with an empty key',
            tokens: [signedByHmac(token, '')],
          },
          ...(keys.length === 0
            ? []
            : [
                {
                  variant: 'public key as secret',
                  how: 'signed by HMAC with the public key of the server as the secret',
                  tokens: keys
                    .slice(0, 2)
                    .flatMap((key) => publicKeyTexts(key).map((text) => signedByHmac(token, text))),
                },
              ]),
        ]),
    {
      variant: 'key in the token',
      how: 'signed by a key of the sender that its header brings along',
      tokens: [own.sign(token, { jwk: own.jwk })],
    },
    ...(ownAt === null
      ? []
      : [
          {
            variant: 'key address in the token',
            how: 'signed by a key of the sender whose address stands in its header (jku)',
            tokens: [own.sign(token, { jku: ownAt })],
          },
        ]),
    {
      variant: 'key name that points elsewhere',
      how: 'its key name pointing to a file or value that the sender knows',
      tokens: [
        signedByHmac(token, '', { header: { kid: '../../../../../../../../dev/null' } }),
        signedByHmac(token, '', { header: { kid: '/dev/null' } }),
        signedByHmac(token, 'lr', { header: { kid: "lr-none' UNION SELECT 'lr'-- -" } }),
      ],
    },
  ];
}
