import * as http from 'node:http';
import * as https from 'node:https';
import type { Clock } from '../clock.ts';
import { failureOf } from './failure-of.ts';
import { isLoopback } from './raw-url.ts';
import { readBody } from './read-body.ts';
import type { Wire, WireRequest, WireResult } from './wire.ts';

/** Methods that may be sent again when a kept connection turns out to be closed (RFC 9110 section 9.2.2). */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** HTTP/1.1 with kept connections. POST and PATCH get a connection of their own, so that none is ever sent twice. */
export function createHttp1Wire(options: { readonly concurrency: number }): Wire {
  const kept = { keepAlive: true, maxSockets: options.concurrency };
  const plain = new http.Agent(kept);
  const secure = new https.Agent(kept);

  const once = (
    request: WireRequest,
    clock: Clock,
  ): Promise<WireResult & { readonly staleSocket: boolean }> =>
    new Promise((resolve) => {
      const { url } = request;
      const started = clock.monotonic();
      const isSecure = url.scheme === 'https';
      const keep = repeatable.has(request.method);
      let timedOut = false;
      let answered = false;
      const outgoing = (isSecure ? https : http).request({
        method: request.method,
        host: url.hostname,
        port: url.port,
        path: url.path,
        headers: request.headers.flat(),
        agent: keep ? (isSecure ? secure : plain) : false,
        maxHeaderSize: 64 * 1024,
        // A certificate of one's own machine proves nothing to anybody.
        ...(isSecure && isLoopback(url.hostname) ? { rejectUnauthorized: false } : {}),
      });
      const timer = setTimeout(() => {
        timedOut = true;
        outgoing.destroy(new Error('timed out'));
      }, request.timeoutMs);
      const stop = (): void => {
        outgoing.destroy(new Error('stopped'));
      };
      request.signal?.addEventListener('abort', stop, { once: true });
      const finish = (result: Omit<WireResult, 'totalMs'>, staleSocket = false): void => {
        clearTimeout(timer);
        request.signal?.removeEventListener('abort', stop);
        resolve({ ...result, totalMs: clock.monotonic() - started, staleSocket });
      };
      const failure = (error: Error): NonNullable<WireResult['failure']> => {
        if (request.signal?.aborted) return { cause: 'stopped', because: 'the run was interrupted' };
        if (timedOut) return { cause: 'timeout', because: `no whole answer within ${request.timeoutMs} ms` };
        return failureOf(error);
      };
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (answered) return;
        const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        finish(
          { status: null, headers: [], bytes: new Uint8Array(), failure: failure(error), firstByteMs: null },
          stale && !timedOut && !request.signal?.aborted,
        );
      });
      outgoing.on('response', (response) => {
        answered = true;
        const firstByteMs = clock.monotonic() - started;
        const headers = pairs(response.rawHeaders);
        void readBody(response, response.headers['content-encoding'] ?? null, request.maxBytes).then(
          (body) => {
            const status = response.statusCode ?? 0;
            const seen = { status, headers, bytes: body.bytes, firstByteMs };
            if (body.kind === 'whole') return finish({ ...seen, failure: null });
            outgoing.destroy();
            if (body.kind === 'too-large') {
              const because = `the answer is larger than ${request.maxBytes} bytes`;
              return finish({ ...seen, failure: { cause: 'too-large', because } });
            }
            if (body.kind === 'undecodable') {
              const because = `the answer cannot be decoded: ${body.because}`;
              return finish({ ...seen, failure: { cause: 'protocol', because } });
            }
            const broken = failure(new Error(body.because));
            return finish({
              ...seen,
              failure:
                broken.cause === 'protocol' ? { cause: 'reset', because: 'the answer broke off' } : broken,
            });
          },
        );
      });
      outgoing.end(request.body ?? undefined);
    });

  return {
    send: async (request, clock) => {
      const first = await once(request, clock);
      return first.staleSocket && repeatable.has(request.method) ? once(request, clock) : first;
    },
    close: async () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    list.push([(raw[index] ?? '').toLowerCase(), raw[index + 1] ?? '']);
  }
  return list;
}
