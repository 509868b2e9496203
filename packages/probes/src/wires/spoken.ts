import type { HeaderList, HttpMethod, Operation } from '@launch-ready/core';
import type { OutgoingBody } from '../transport/transport.ts';
import { graphqlSpoken } from './graphql-spoken.ts';
import { postgrestSpoken } from './postgrest-spoken.ts';
import { trpcSpoken } from './trpc-spoken.ts';

/** A request as probes think of it, or as it goes onto the network. */
export interface PlainRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: OutgoingBody | null;
}

export type Spoken =
  | {
      readonly kind: 'spoken';
      readonly request: PlainRequest;
      /** JSON pointer under which the answer of the operation stands in the answer from the network; empty for plain HTTP. */
      readonly pointer: string;
    }
  /** The protocol has no way to say this: a method, a path or a body that no such operation has. */
  | { readonly kind: 'unspeakable'; readonly because: string };

/** The same operation in other words. */
export type Wording = 'full' | 'plain';

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
