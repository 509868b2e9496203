import type { GraphqlWire, Operation } from '@launch-ready/core';
import { remoteValues } from './remote-values.ts';
import type { PlainRequest, Spoken, Wording } from './plain-request.ts';

/** A call as one GraphQL document with its variables (GraphQL over HTTP, section 5: POST of JSON). */
export function graphqlSpoken(
  operation: Operation,
  wire: GraphqlWire,
  request: PlainRequest,
  wording: Wording,
): Spoken {
  const found = remoteValues(operation, wire.variables, request);
  if (found.kind === 'unspeakable') return found;
  const query = wording === 'plain' ? (wire.plain ?? wire.document) : wire.document;
  return {
    kind: 'spoken',
    request: {
      method: 'POST',
      url: new URL(wire.endpoint, operation.origin || request.url).href,
      headers: request.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
      body: { kind: 'json', value: { query, variables: found.values } },
    },
    pointer: `/data/${wire.field}`,
  };
}
