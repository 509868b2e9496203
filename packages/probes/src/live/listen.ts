import { anonymous, type ActorId, type ExchangeId, type HeaderList } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { LiveEndpoint } from './live-endpoint.ts';

/** Somebody who listens. */
export interface Listener {
  /** What came so far on a WebSocket; null for a stream of events, which is read as a whole. */
  heard(): string | null;
  end(): Promise<Heard>;
}

/** What came of listening. */
export interface Heard {
  readonly open: boolean;
  /** Everything that was received. Not redacted: never store or print it. */
  readonly text: string;
  readonly exchange: ExchangeId | null;
  readonly because: string;
}

const probe = 'live/live-channels';
const streamMs = 3500;

/**
 * Opens a channel as an actor, or as nobody.
 *
 * @param origin of a page elsewhere, which has no more than the cookies; the application's own page when absent
 */
export async function listen(
  { sessions, transport, target }: ProbeContext,
  actor: ActorId,
  { kind, url, hello, graphql }: LiveEndpoint,
  purpose: string,
  origin: string | null = null,
): Promise<Listener> {
  const headers: HeaderList = Object.entries(target.headers);
  if (kind === 'websocket') {
    const mine = actor === anonymous ? [] : sessions.current(actor).headers(url);
    const sent = origin === null ? mine : mine.filter(([name]) => name.toLowerCase() === 'cookie');
    const all: HeaderList = [...headers, ...sent, ['origin', origin ?? new URL(target.app).origin]];
    try {
      const socket = await transport.openSocket({
        actor,
        probe,
        purpose,
        url,
        headers: all,
        ...(graphql
          ? { hello: [greeting(sent), ...hello], subprotocol: 'graphql-transport-ws', waitsForReply: true }
          : { hello }),
        timeoutMs: 5000,
      });
      if (socket.kind !== 'open') {
        const because = socket.kind === 'refused' ? `refused with ${socket.status}` : socket.because;
        return shut(socket.exchange, because);
      }
      const { exchange, frames } = socket;
      const heard = (): string => frames.join('\n');
      return {
        heard,
        end: async () => {
          await socket.close();
          const text = heard();
          if (graphql && (!text.includes('"connection_ack"') || /"type":\s*"error"/.test(text)))
            return closed(exchange, 'the subscription was refused');
          return { open: true, text, exchange, because: 'it was open' };
        },
      };
    } catch (error) {
      if (error instanceof GuardRefusal) return shut(null, error.message);
      throw error;
    }
  }
  const request = {
    probe,
    purpose,
    method: 'GET',
    url,
    effect: { kind: 'none' },
    timeoutMs: streamMs,
  } as const;
  const accept: HeaderList = [['accept', 'text/event-stream']];
  const answer = (
    actor === anonymous
      ? transport.send({ ...request, actor, headers: [...headers, ...accept] })
      : sessions.send(actor, { ...request, headers: accept })
  ).catch((error: unknown) => {
    if (error instanceof GuardRefusal) return error;
    throw error;
  });
  // It is awaited only when it ends; until then a failure must not count as unhandled.
  answer.catch(() => {});
  return {
    heard: () => null,
    end: async () => {
      const result = await answer;
      if (result instanceof GuardRefusal) return closed(null, result.message);
      const { exchange } = result;
      if (result.kind === 'no-answer') return closed(exchange, result.because);
      const streams = /^text\/event-stream/i.test(result.header('content-type') ?? '');
      if (result.status !== 200 || !streams) return closed(exchange, `answered ${result.status}`);
      return { open: true, text: result.text, exchange, because: 'it was open' };
    },
  };
}

/** What a client of graphql-transport-ws says first; servers read credentials from it in several ways. */
const greeting = (headers: HeaderList): string => {
  const named = Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== 'cookie'));
  const [authorization] = headers.filter(([name]) => name.toLowerCase() === 'authorization');
  return JSON.stringify({
    type: 'connection_init',
    payload: { ...named, ...(authorization ? { Authorization: authorization[1] } : {}), headers: named },
  });
};

const closed = (exchange: ExchangeId | null, because: string): Heard => ({
  open: false,
  text: '',
  exchange,
  because,
});

const shut = (exchange: ExchangeId | null, because: string): Listener => ({
  heard: () => '',
  end: async () => closed(exchange, because),
});
