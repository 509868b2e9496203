import type { Exchange, ExchangeId, HeaderList, RecordedBody } from '@launch-ready/core';
import type { TransportRedactor } from './redactor.ts';
import type { OutgoingRequest } from './transport.ts';
import type { WireResult } from './wire.ts';

const recordedBytes = 64 * 1024;

/** What is kept of a request and its answer: redacted, and cut to 64 KiB a body. */
export function recordedExchange(parts: {
  readonly exchange: ExchangeId;
  readonly at: Date;
  readonly request: OutgoingRequest;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
  readonly result: WireResult;
  readonly redactor: TransportRedactor;
}): Exchange {
  const { request, result, redactor } = parts;
  // Redacted whole and cut afterwards, so that no half of a secret is left at the edge.
  const body = (bytes: Uint8Array): RecordedBody => {
    const text = redactor.text(new TextDecoder().decode(bytes));
    return { bytes: bytes.length, text: text.slice(0, recordedBytes), cut: text.length > recordedBytes };
  };
  return {
    id: parts.exchange,
    at: parts.at.toISOString(),
    probe: request.probe,
    actor: request.actor,
    purpose: redactor.text(request.purpose),
    request: {
      method: request.method,
      url: redactor.text(request.url),
      httpVersion: request.httpVersion ?? '1.1',
      headers: redactor.headers(parts.headers),
      body: parts.body ? body(parts.body) : null,
    },
    response:
      result.status === null
        ? null
        : { status: result.status, headers: redactor.headers(result.headers), body: body(result.bytes) },
    failure: result.failure ? redactor.text(result.failure.because) : null,
    timing: { firstByteMs: result.firstByteMs, totalMs: result.totalMs },
  };
}
