import * as http2 from 'node:http2';
import type { Clock } from '../clock.ts';
import { failureOf } from './failure-of.ts';
import { isLoopback } from './raw-url.ts';
import { readBody } from './read-body.ts';
import type { Wire, WireRequest, WireResult } from './wire.ts';

/** Fields that HTTP/2 does not know (RFC 9113 section 8.2.2), or carries otherwise. */
const hopByHop = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** HTTP/2 with one connection per origin; over plain http it starts with prior knowledge (RFC 9113 section 3.3). */
export function createHttp2Wire(): Wire {
  const sessions = new Map<string, http2.ClientHttp2Session>();

  const sessionFor = (request: WireRequest): http2.ClientHttp2Session => {
    const known = sessions.get(request.url.origin);
    if (known && !known.closed && !known.destroyed) return known;
    const session = http2.connect(
      request.url.origin,
      isLoopback(request.url.hostname) ? { rejectUnauthorized: false } : {},
    );
    session.setMaxListeners(0);
    // Each stream reports its own failure; without a listener the session's would end the process.
    session.on('error', () => sessions.delete(request.url.origin));
    session.on('close', () => sessions.delete(request.url.origin));
    sessions.set(request.url.origin, session);
    return session;
  };

  const send = (request: WireRequest, clock: Clock): Promise<WireResult> =>
    new Promise((resolve) => {
      const started = clock.monotonic();
      const session = sessionFor(request);
      let over = false;
      const finish = (result: Omit<WireResult, 'totalMs'>): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        session.off('error', failed);
        request.signal?.removeEventListener('abort', stop);
        resolve({ ...result, totalMs: clock.monotonic() - started });
      };
      const none = (failure: WireResult['failure']): void =>
        finish({ status: null, headers: [], bytes: new Uint8Array(), failure, firstByteMs: null });
      const stream = session.request(outgoingHeaders(request), { endStream: request.body === null });
      const timer = setTimeout(() => {
        none({ cause: 'timeout', because: `no whole answer within ${request.timeoutMs} ms` });
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }, request.timeoutMs);
      const stop = (): void => {
        none({ cause: 'stopped', because: 'the run was interrupted' });
        stream.close(http2.constants.NGHTTP2_CANCEL);
      };
      const failed = (error: Error): void => none(failureOf(error));
      request.signal?.addEventListener('abort', stop, { once: true });
      session.once('error', failed);
      stream.on('error', failed);
      stream.on('response', (headers, _flags, raw) => {
        const firstByteMs = clock.monotonic() - started;
        const encoding = headers['content-encoding'];
        void readBody(stream, typeof encoding === 'string' ? encoding : null, request.maxBytes).then(
          (body) => {
            const seen = {
              status: headers[':status'] ?? 0,
              headers: pairs(raw),
              bytes: body.bytes,
              firstByteMs,
            };
            if (body.kind === 'whole') return finish({ ...seen, failure: null });
            if (body.kind === 'too-large') {
              return finish({
                ...seen,
                failure: {
                  cause: 'too-large',
                  because: `the answer is larger than ${request.maxBytes} bytes`,
                },
              });
            }
            const cause = body.kind === 'undecodable' ? 'protocol' : 'reset';
            return finish({ ...seen, failure: { cause, because: body.because } });
          },
        );
      });
      if (request.body !== null) stream.end(request.body);
    });

  return {
    send,
    close: async () => {
      for (const session of sessions.values()) session.destroy();
      sessions.clear();
    },
  };
}

function outgoingHeaders(request: WireRequest): http2.OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {
    ':method': request.method,
    ':path': request.url.path,
    ':scheme': request.url.scheme,
    ':authority':
      request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? request.url.authority,
  };
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (hopByHop.has(lower)) continue;
    const before = headers[lower];
    headers[lower] = before === undefined ? value : [...[before].flat(), value];
  }
  return headers;
}

function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (!name.startsWith(':')) list.push([name, raw[index + 1] ?? '']);
  }
  return list;
}
