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

/** Why a connection gave no answer, in our words. */
export function failureOf(error: Error): { readonly cause: NoAnswer['cause']; readonly because: string } {
  const code = codeOf(error);
  if (refused.has(code)) return { cause: 'refused', because: `no connection (${code})` };
  if (reset.has(code)) return { cause: 'reset', because: `the connection was dropped (${code})` };
  if (code === 'ETIMEDOUT') return { cause: 'timeout', because: 'the connection timed out' };
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
