import type { GraphqlWire, Operation } from '@launch-ready/core';
import type { OutgoingBody } from '../transport/transport.ts';
import { inlined } from './inlined.ts';
import { plainText } from './plain-text.ts';
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
  const said = wording === 'plain' ? (wire.plain ?? wire.document) : wire.document;
  const { query, variables } = inlined(said, found.values, wire.inline ?? []);
  const url = new URL(wire.endpoint, operation.origin || request.url);
  // In forms and addresses, variables stand as the text of their JSON (GraphQL over HTTP, section 6.1).
  const fields = { query, variables: JSON.stringify(variables) };
  const whole =
    wire.after === undefined ? { query, variables } : [{ query: wire.after }, { query, variables }];
  if (wire.carrier === 'get')
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return {
    kind: 'spoken',
    request: {
      method: wire.carrier === 'get' ? 'GET' : 'POST',
      url: url.href,
      headers: request.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
      body: carried(wire.carrier, whole, fields),
    },
    pointer: `${wire.after === undefined ? '' : '/1'}/data/${wire.field}`,
  };
}

function carried(
  carrier: GraphqlWire['carrier'],
  value: unknown,
  fields: Readonly<Record<string, string>>,
): OutgoingBody | null {
  switch (carrier) {
    case undefined:
      return { kind: 'json', value };
    case 'get':
      return null;
    case 'text-plain':
      return plainText(value);
    case 'form':
    case 'multipart':
      return { kind: carrier, fields };
  }
}
