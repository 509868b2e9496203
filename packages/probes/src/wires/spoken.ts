import type { Operation } from '@launch-ready/core';
import { graphqlSpoken } from './graphql-spoken.ts';
import type { PlainRequest, Spoken, Wording } from './plain-request.ts';
import { postgrestSpoken } from './postgrest-spoken.ts';
import { trpcSpoken } from './trpc-spoken.ts';

/**
 * The request that really leaves for a call of this operation: for plain HTTP the same, for GraphQL, tRPC and PostgREST what those
 * protocols say. Used by the transport after the guard has judged the call, and by all that writes reproductions.
 */
export function spoken(
  operation: Operation | null | undefined,
  request: PlainRequest,
  wording: Wording = 'full',
): Spoken {
  const wire = operation?.wire;
  if (!operation || !wire) return { kind: 'spoken', request, pointer: '' };
  // What a browser asks before it sends is asked of the place itself.
  if (request.method === 'OPTIONS') {
    const place = wire.kind === 'postgrest' ? wire.table : wire.endpoint;
    return {
      kind: 'spoken',
      request: { ...request, url: new URL(place, operation.origin || request.url).href, body: null },
      pointer: '',
    };
  }
  if (request.method !== operation.method)
    return {
      kind: 'unspeakable',
      because: `${operation.id} cannot be called by ${request.method}: it is spoken as ${wire.kind}`,
    };
  switch (wire.kind) {
    case 'graphql':
      return graphqlSpoken(operation, wire, request, wording);
    case 'trpc':
      return trpcSpoken(operation, wire, request);
    case 'postgrest':
      return postgrestSpoken(operation, wire, request);
  }
}
