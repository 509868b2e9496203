import * as http from 'node:http';
import * as https from 'node:https';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import { failureOf } from './failure-of.ts';
import { HeldSocket } from './held-socket.ts';
import { readAnswer } from './read-answer.ts';
import type { TlsTrust } from './tls-trust.ts';
import { nothingCame, unsendable, type Wire, type WireRequest, type WireResult } from './wire.ts';

/** Methods that may be sent again when a kept connection turns out to be closed (RFC 9110 section 9.2.2). */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
/** Time for the target to take in what is sent before the last bytes follow. */
const settleMs = 25;

/** HTTP/1.1 with kept connections. POST and PATCH get a connection of their own, so that none is ever sent twice. */
export function createHttp1Wire(options: { readonly concurrency: number; readonly trust: TlsTrust }): Wire {
  const kept = { keepAlive: true, maxSockets: options.concurrency };
  const plain = new http.Agent(kept);
  const secure = new https.Agent(kept);

  const once = (
    request: WireRequest,
    clock: Clock,
    connection: Duplex | null = null,
  ): Promise<WireResult & { readonly staleSocket: boolean }> =>
    new Promise((resolve) => {
      const { url } = request;
      const started = clock.monotonic();
      const isSecure = url.scheme === 'https';
      const keep = repeatable.has(request.method);
      let timedOut = false;
      let answered = false;
      const outgoing = (isSecure && !connection ? https : http).request({
        method: request.method,
        host: url.hostname,
        port: url.port,
        path: url.path,
        headers: request.headers.flat(),
        maxHeaderSize: 64 * 1024,
        ...(connection
          ? { createConnection: () => connection }
          : { agent: keep ? (isSecure ? secure : plain) : false }),
        ...(isSecure ? options.trust.options(url.hostname) : {}),
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
      const ended = (): WireResult['failure'] => {
        if (request.signal?.aborted) return { cause: 'stopped', because: 'the run was interrupted' };
        if (timedOut) return { cause: 'timeout', because: `no whole answer within ${request.timeoutMs} ms` };
        return null;
      };
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (answered) return;
        const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        finish(nothingCame(ended() ?? failureOf(error)), stale && !timedOut && !request.signal?.aborted);
      });
      outgoing.on('response', (response) => {
        answered = true;
        const head = {
          status: response.statusCode ?? 0,
          headers: pairs(response.rawHeaders),
          firstByteMs: clock.monotonic() - started,
        };
        void readAnswer(response, head, request).then((result) => {
          if (!response.complete) outgoing.destroy();
          return finish(result.failure === null ? result : { ...result, failure: ended() ?? result.failure });
        });
      });
      outgoing.end(request.body ?? undefined);
    });

  /** A connection of its own, warm before anything is said on it. */
  const open = ({ url, timeoutMs }: WireRequest): Promise<Socket | Error> =>
    new Promise((resolve) => {
      const to = { host: url.hostname, port: url.port };
      const socket =
        url.scheme === 'https'
          ? connectSecure({
              ...to,
              ...options.trust.options(url.hostname),
              ...(/^[\d.:]+$/.test(url.hostname) ? {} : { servername: url.hostname }),
              ALPNProtocols: ['http/1.1'],
            })
          : connectPlain(to);
      socket.setNoDelay(true);
      const timer = setTimeout(() => socket.destroy(new Error('timed out')), timeoutMs);
      socket.once('error', (error: Error) => {
        clearTimeout(timer);
        resolve(error);
      });
      socket.once(url.scheme === 'https' ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        resolve(socket);
      });
    });

  return {
    send: async (request, clock) => {
      const first = await once(request, clock);
      return first.staleSocket && repeatable.has(request.method) ? once(request, clock) : first;
    },
    together: async (requests, clock) => {
      const sockets = await Promise.all(requests.map(open));
      const held = sockets.map((socket) => (socket instanceof Error ? socket : new HeldSocket(socket)));
      const answers = requests.map((request, index) => {
        const connection = held[index];
        if (connection instanceof HeldSocket) return once(request, clock, connection).catch(unsendable);
        return Promise.resolve(nothingCame(failureOf(connection ?? new Error('no connection'))));
      });
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      for (const connection of held) if (connection instanceof HeldSocket) connection.release();
      const results = await Promise.all(answers);
      for (const connection of held) if (connection instanceof HeldSocket) connection.destroy();
      return results;
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
