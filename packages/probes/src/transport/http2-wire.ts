import * as http2 from 'node:http2';
import type { Clock } from '../clock.ts';
import { failureOf } from './failure-of.ts';
import type { RawUrl } from './raw-url.ts';
import { readAnswer } from './read-answer.ts';
import type { TlsTrust } from './tls-trust.ts';
import { nothingCame, unsendable, type Wire, type WireRequest, type WireResult } from './wire.ts';

/** Fields that HTTP/2 does not know (RFC 9113 section 8.2.2), or carries otherwise. */
const hopByHop = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);
/** How long a server may take to show that it speaks HTTP/2. */
const offerMs = 3000;

/** HTTP/2 with one connection per origin; over plain http it starts with prior knowledge (RFC 9113 section 3.3). */
export function createHttp2Wire(options: { readonly trust: TlsTrust }): Wire {
  const sessions = new Map<string, http2.ClientHttp2Session>();
  const without = new Set<string>();
  const proven = new WeakSet<http2.ClientHttp2Session>();

  const sessionFor = (url: RawUrl): http2.ClientHttp2Session => {
    const known = sessions.get(url.origin);
    if (known && !known.closed && !known.destroyed) return known;
    const session = http2.connect(
      url.origin,
      url.scheme === 'https' ? { ...options.trust.options(url.hostname) } : {},
    );
    session.setMaxListeners(0);
    const forget = (): void => {
      if (sessions.get(url.origin) === session) sessions.delete(url.origin);
    };
    // Each stream reports its own failure; without a listener the session's would end the process.
    session.on('error', forget);
    session.on('close', forget);
    sessions.set(url.origin, session);
    return session;
  };

  /** Begins a request; with `hold`, its end is left to `release`. */
  const begin = (
    request: WireRequest,
    clock: Clock,
    hold: boolean,
  ): { readonly result: Promise<WireResult>; readonly release: () => void } => {
    const session = sessionFor(request.url);
    const stream = session.request(outgoingHeaders(request), {
      endStream: request.body === null && !hold,
    });
    const { body } = request;
    const split = body === null || !hold ? 0 : Math.max(0, body.length - 1);
    let started = clock.monotonic();
    const result = new Promise<WireResult>((resolve) => {
      let over = false;
      const finish = (found: Omit<WireResult, 'totalMs'>): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        session.off('error', failed);
        request.signal?.removeEventListener('abort', stop);
        resolve({ ...found, totalMs: clock.monotonic() - started });
      };
      const none = (failure: NonNullable<WireResult['failure']>): void => finish(nothingCame(failure));
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
        const head = {
          status: headers[':status'] ?? 0,
          headers: pairs(raw),
          firstByteMs: clock.monotonic() - started,
        };
        void readAnswer(stream, head, request).then(finish);
      });
      if (!hold) {
        if (body !== null) stream.end(body);
      } else if (body !== null && split > 0) stream.write(body.subarray(0, split));
    });
    return {
      result,
      release: () => {
        started = clock.monotonic();
        if (body === null || body.length === 0) stream.end();
        else stream.end(body.subarray(split));
      },
    };
  };

  /** Whether the origin shows that it speaks HTTP/2; asked once. */
  const offered = (url: RawUrl): Promise<boolean> => {
    if (without.has(url.origin)) return Promise.resolve(false);
    const session = sessionFor(url);
    const settled = (offers: boolean): boolean => {
      if (offers) proven.add(session);
      else {
        without.add(url.origin);
        session.destroy();
      }
      return offers;
    };
    if (proven.has(session)) return Promise.resolve(true);
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), offerMs);
      const end = (offers: boolean): void => {
        clearTimeout(timer);
        resolve(offers);
      };
      session.once('remoteSettings', () => end(true));
      session.once('error', () => end(false));
      session.once('close', () => end(false));
    }).then(settled);
  };

  return {
    send: (request, clock) =>
      new Promise((resolve, reject) => {
        try {
          resolve(begin(request, clock, false).result);
        } catch (error) {
          reject(error);
        }
      }),
    together: async (requests, clock) => {
      const origins = new Map(requests.map(({ url }) => [url.origin, url]));
      for (const url of origins.values()) {
        if (!(await offered(url))) return null;
        const most = sessionFor(url).remoteSettings.maxConcurrentStreams ?? 100;
        if (requests.length > most) return null;
      }
      const begun = requests.map((request) => {
        try {
          return begin(request, clock, true);
        } catch (error) {
          return { result: Promise.resolve(unsendable(error)), release: () => {} };
        }
      });
      // A ping is answered after what was sent before it has been taken in.
      for (const url of origins.values()) await ping(sessionFor(url));
      for (const { release } of begun) release();
      return Promise.all(begun.map(({ result }) => result));
    },
    close: async () => {
      for (const session of sessions.values()) session.destroy();
      sessions.clear();
    },
  };
}

function ping(session: http2.ClientHttp2Session): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), offerMs);
    const sent =
      !session.destroyed &&
      session.ping((error) => {
        clearTimeout(timer);
        resolve(error === null);
      });
    if (sent) return;
    clearTimeout(timer);
    resolve(false);
  });
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
