import type { HeaderList } from '@launch-ready/core';

/** An answer as it came, or as the operation in resource style would have given it. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly bytes: Uint8Array;
}

/** An answer with this status and JSON; other headers stay as they came. */
export function retold(answer: PlainAnswer, status: number, value: unknown): PlainAnswer {
  return {
    status,
    headers: [
      ...answer.headers.filter(([name]) => !/^content-(type|length|encoding)$/.test(name)),
      ['content-type', 'application/json'],
    ],
    bytes: new TextEncoder().encode(JSON.stringify(value ?? null)),
  };
}
