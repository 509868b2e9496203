import type { NoAnswer } from './transport.ts';

const refused = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
const reset = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_HTTP2_STREAM_ERROR',
]);

const ownAuthority =
  'is signed by nobody known: name its authority in certificateAuthority of the target file, or in NODE_EXTRA_CA_CERTS';
/** What is wrong with a certificate, by Node's code. */
const distrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: ownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: ownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ownAuthority,
  CERT_SIGNATURE_FAILURE: 'is not signed by the authority that it names',
  CERT_HAS_EXPIRED: 'has expired: renew it',
  CERT_NOT_YET_VALID: 'is not valid yet: check the clocks of both machines',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name: use the name that it was made for',
};

/** Why a connection gave no answer, in our words. */
export function failureOf(error: Error): { readonly cause: NoAnswer['cause']; readonly because: string } {
  const code = codeOf(error);
  if (refused.has(code)) return { cause: 'refused', because: `no connection (${code})` };
  if (reset.has(code)) return { cause: 'reset', because: `the connection was dropped (${code})` };
  if (code === 'ETIMEDOUT') return { cause: 'timeout', because: 'the connection timed out' };
  const distrust = distrusted[code];
  if (distrust !== undefined) return { cause: 'protocol', because: `its certificate ${distrust} (${code})` };
  if (code === 'EPROTO')
    return {
      cause: 'protocol',
      because: 'it does not speak TLS, or none that fits: is it http instead of https?',
    };
  return { cause: 'protocol', because: code === '' ? error.message : `${error.message} (${code})` };
}

function codeOf(error: Error): string {
  // Happy Eyeballs reports one failure per address, gathered in an AggregateError.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return typeof inner === 'object' && inner !== null && 'code' in inner && typeof inner.code === 'string'
    ? inner.code
    : '';
}
