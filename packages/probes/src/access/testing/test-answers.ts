import type { ExchangeId, HeaderList } from '@launch-ready/core';
import { answerOf } from '../../transport/answer-of.ts';
import type { Answer, OutgoingRequest, Transport } from '../../transport/transport.ts';

type Listener = (request: OutgoingRequest, answer: Answer) => void;

/** Gives answers to listeners as the transport does, without a server. */
export interface TestAnswers extends Pick<Transport, 'onReceived'> {
  answer(given: {
    readonly actor: string;
    readonly body?: string | Uint8Array;
    readonly headers?: HeaderList;
    readonly sent?: unknown;
    readonly exchange?: ExchangeId;
  }): void;
}

export function createTestAnswers(): TestAnswers {
  const listeners: Listener[] = [];
  let last = 0;
  return {
    onReceived: (listener) => void listeners.push(listener),
    answer: ({ actor, body = '', headers = [], sent, exchange = `x${(last += 1)}` }) => {
      const request: OutgoingRequest = {
        actor,
        probe: 'test',
        purpose: 'test',
        method: sent === undefined ? 'GET' : 'POST',
        url: 'http://127.0.0.1/notes',
        effect: { kind: 'none' },
        ...(sent === undefined ? {} : { body: { kind: 'json', value: sent } }),
      };
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const answer = answerOf(exchange, { ...wire, headers, bytes });
      for (const listener of listeners) listener(request, answer);
    },
  };
}

const wire = { status: 200, failure: null, firstByteMs: 1, totalMs: 1 } as const;
