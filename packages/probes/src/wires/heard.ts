import type { Operation } from '@launch-ready/core';
import { graphqlHeard } from './graphql-heard.ts';
import type { PlainAnswer } from './plain-answer.ts';
import { postgrestHeard } from './postgrest-heard.ts';
import { trpcHeard } from './trpc-heard.ts';

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
