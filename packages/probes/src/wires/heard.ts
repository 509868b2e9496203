import type { HeaderList, Operation } from '@launch-ready/core';
import { graphqlHeard } from './graphql-heard.ts';
import { postgrestHeard } from './postgrest-heard.ts';
import { trpcHeard } from './trpc-heard.ts';

/** An answer as it came, or as the operation in resource style would have given it. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly bytes: Uint8Array;
}

/** What an answer from the network says about a call of this operation, in status and JSON of resource style. */
export function heard(operation: Operation | null | undefined, answer: PlainAnswer): PlainAnswer {
  const wire = operation?.wire;
  if (!operation || !wire) return answer;
  const text = new TextDecoder().decode(answer.bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A page of a proxy, or nothing at all: it stays what it is.
    if (wire.kind !== 'postgrest' || text !== '') return answer;
  }
  switch (wire.kind) {
    case 'graphql':
      return graphqlHeard(operation, wire, value, answer);
    case 'trpc':
      return trpcHeard(operation, wire, value, answer);
    case 'postgrest':
      return postgrestHeard(operation, wire, value, answer);
  }
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
