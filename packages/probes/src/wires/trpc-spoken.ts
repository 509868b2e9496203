import type { HeaderList, Operation, TrpcWire } from '@launch-ready/core';
import { plainText } from './plain-text.ts';
import { remoteValues } from './remote-values.ts';
import type { PlainRequest, Spoken } from './plain-request.ts';

const jsonType: HeaderList = [['content-type', 'application/json']];

/** A call as tRPC says it over HTTP: queries by GET with `input`, mutations by POST; several in one as `batch=1`. */
export function trpcSpoken(operation: Operation, wire: TrpcWire, request: PlainRequest): Spoken {
  if (wire.carrier !== undefined && wire.carrier !== 'text-plain')
    return { kind: 'unspeakable', because: `${operation.id} takes nothing but JSON` };
  const found = remoteValues(operation, wire.input, request);
  if (found.kind === 'unspeakable') return found;
  const values = Object.hasOwn(found.values, '') ? found.values[''] : found.values;
  const empty = wire.input.length === 0;
  const one = wire.transformer === 'superjson' ? { json: empty ? null : values } : values;
  const input = wire.batched ? { 0: empty && wire.transformer === 'none' ? {} : one } : one;
  const url = new URL(
    `${wire.endpoint.replace(/\/$/, '')}/${wire.procedure}`,
    operation.origin || request.url,
  );
  if (wire.batched) url.searchParams.set('batch', '1');
  const hasInput = !empty || wire.batched;
  if (wire.call === 'query' && hasInput) url.searchParams.set('input', JSON.stringify(input));
  return {
    kind: 'spoken',
    request: {
      method: wire.call === 'query' ? 'GET' : 'POST',
      url: url.href,
      headers: [
        ...request.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
        // Also without a body: servers refuse every other kind of POST.
        ...(wire.call === 'mutation' && !hasInput ? jsonType : []),
      ],
      body:
        wire.call !== 'mutation' || !hasInput
          ? null
          : wire.carrier === 'text-plain'
            ? plainText(input)
            : { kind: 'json', value: input },
    },
    pointer: `${wire.batched ? '/0' : ''}/result/data${wire.transformer === 'superjson' ? '/json' : ''}`,
  };
}
