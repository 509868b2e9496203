import type { Desk } from './desk.ts';
import { openSocketWire } from './socket-wire.ts';
import type { TlsTrust } from './tls-trust.ts';
import type { OutgoingRequest, SocketRequest, SocketResult } from './transport.ts';
import { nothingCame, type WireResult } from './wire.ts';

/** WebSockets of a run; those still open are closed and recorded at its end. */
export interface Sockets {
  open(asked: SocketRequest): Promise<SocketResult>;
  close(): Promise<void>;
}

/** WebSockets that pass the desk of a transport. */
export function createSockets(
  desk: Desk,
  { trust, userAgent }: { readonly trust: TlsTrust; readonly userAgent: string },
): Sockets {
  const sockets = new Set<() => Promise<void>>();
  const open = async (asked: SocketRequest): Promise<SocketResult> => {
    const { hello = [], subprotocol = null, waitsForReply = false, ...rest } = asked;
    const request: OutgoingRequest = { ...rest, method: 'GET', effect: { kind: 'none' } };
    await desk.admit([request]);
    const prepared = desk.prepare(request);
    const { exchange } = prepared;
    const frames: string[] = [];
    const started = desk.clock.monotonic();
    const onFrame = (bytes: Uint8Array): void => {
      const text = new TextDecoder().decode(bytes);
      frames.push(text);
      desk.received(request, { exchange, headers: [], bytes, text });
    };
    const { url, timeoutMs } = prepared.outgoing;
    const headers = [...(request.headers ?? []), ['user-agent', userAgent] satisfies [string, string]];
    const connection = await openSocketWire({
      url,
      headers,
      trust,
      timeoutMs,
      onFrame,
      hello,
      subprotocol,
      waitsForReply,
    });
    const record = (): void => {
      const { status, failure } = connection;
      const said = hello.length === 0 || status !== 101 ? null : utf8(hello.join('\n'));
      const totalMs = desk.clock.monotonic() - started;
      const result: WireResult = failure
        ? nothingCame(failure, totalMs)
        : { status, headers: [], bytes: utf8(frames.join('\n')), failure: null, firstByteMs: null, totalMs };
      desk.record({ ...prepared, headers, body: said, result });
    };
    if (connection.status === 101) {
      let isOpen = true;
      const close = async (): Promise<void> => {
        if (!isOpen) return;
        isOpen = false;
        sockets.delete(close);
        await connection.close();
        record();
      };
      sockets.add(close);
      return { kind: 'open', exchange, frames, close };
    }
    record();
    return connection.failure
      ? { kind: 'no-answer', exchange, ...connection.failure }
      : { kind: 'refused', exchange, status: connection.status };
  };

  return {
    open,
    close: async () => {
      for (const end of sockets) await end();
    },
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
