import type { HeaderList } from '@launch-ready/core';
import { WebSocket } from 'ws';
import { failureOf } from './failure-of.ts';
import type { RawUrl } from './raw-url.ts';
import type { TlsTrust } from './tls-trust.ts';
import type { NoAnswer } from './transport.ts';

/** A WebSocket as it is on the wire. */
export interface SocketConnection {
  readonly status: number;
  readonly failure: { readonly cause: NoAnswer['cause']; readonly because: string } | null;
  close(): Promise<void>;
}

/** Opens a WebSocket (RFC 6455) with these headers; a refusal is told by its status. Every frame goes to `onFrame`. */
export function openSocketWire(options: {
  readonly url: RawUrl;
  readonly headers: HeaderList;
  readonly trust: TlsTrust;
  readonly timeoutMs: number;
  readonly onFrame: (bytes: Uint8Array) => void;
  readonly hello: readonly string[];
  readonly subprotocol: string | null;
  readonly waitsForReply: boolean;
}): Promise<SocketConnection> {
  const { url, headers, onFrame } = options;
  const protocols = options.subprotocol === null ? [] : [options.subprotocol];
  const atOnce = options.waitsForReply ? 1 : options.hello.length;
  return new Promise((resolve) => {
    const address = `${url.scheme === 'https' ? 'wss' : 'ws'}://${url.authority}${url.path}`;
    const socket = new WebSocket(address, protocols, {
      headers: Object.fromEntries(headers),
      handshakeTimeout: options.timeoutMs,
      maxPayload: 5 * 1024 * 1024,
      followRedirects: false,
      ...(url.scheme === 'https' ? options.trust.options(url.hostname) : {}),
    });
    const closed = new Promise<void>((done) => socket.once('close', () => done()));
    const close = async (): Promise<void> => {
      socket.terminate();
      await closed;
    };
    socket.on('message', (data: Buffer) => onFrame(data));
    socket.on('open', () => {
      for (const text of options.hello.slice(0, atOnce)) socket.send(text);
      socket.once('message', () => {
        for (const text of options.hello.slice(atOnce)) socket.send(text);
      });
      resolve({ status: 101, failure: null, close });
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, failure: null, close: async () => socket.terminate() });
    });
    socket.on('error', (error: Error) => resolve({ status: 0, failure: failureOf(error), close }));
  });
}
