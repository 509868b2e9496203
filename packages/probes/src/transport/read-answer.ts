import type { Readable } from 'node:stream';
import { readBody } from './read-body.ts';
import type { WireRequest, WireResult } from './wire.ts';

/** Longest time that an event stream is listened to: it never ends by itself. */
const eventStreamMs = 2500;

/** Reads the body of an answer whose head has come, over any version of HTTP. */
export async function readAnswer(
  source: Readable,
  head: { readonly status: number; readonly headers: [string, string][]; readonly firstByteMs: number },
  request: WireRequest,
): Promise<Omit<WireResult, 'totalMs'>> {
  const value = (name: string): string | null => head.headers.find(([known]) => known === name)?.[1] ?? null;
  const streams = /^text\/event-stream\b/i.test(value('content-type') ?? '');
  const body = await readBody(
    source,
    value('content-encoding'),
    request.maxBytes,
    streams ? Math.min(eventStreamMs, request.timeoutMs * 0.8) : null,
  );
  const seen = { ...head, bytes: body.bytes };
  switch (body.kind) {
    case 'whole':
      return { ...seen, failure: null };
    case 'too-large':
      return {
        ...seen,
        failure: { cause: 'too-large', because: `the answer is larger than ${request.maxBytes} bytes` },
      };
    case 'undecodable':
      return {
        ...seen,
        failure: { cause: 'protocol', because: `the answer cannot be decoded: ${body.because}` },
      };
    case 'broken-off':
      return { ...seen, failure: { cause: 'reset', because: 'the answer broke off' } };
  }
}
