import type { ExchangeId } from '@launch-ready/core';
import type { Answer } from './transport.ts';
import type { WireResult } from './wire.ts';

/** What came over the wire as an answer; text and JSON are read when they are first asked for. */
export function answerOf(
  exchange: ExchangeId,
  result: Pick<WireResult, 'status' | 'headers' | 'bytes' | 'totalMs'>,
): Answer {
  const values = (name: string): readonly string[] =>
    result.headers.filter(([known]) => known === name.toLowerCase()).map(([, value]) => value);
  let text: string | null = null;
  let json: { readonly value: unknown } | null = null;
  const readText = (): string => (text ??= new TextDecoder().decode(result.bytes));
  return {
    kind: 'answer',
    exchange,
    status: result.status ?? 0,
    headers: result.headers,
    header: (name) => values(name)[0] ?? null,
    headerValues: values,
    bytes: result.bytes,
    get text() {
      return readText();
    },
    json: () => {
      json ??= { value: parsed(readText()) };
      return json.value;
    },
    totalMs: result.totalMs,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
