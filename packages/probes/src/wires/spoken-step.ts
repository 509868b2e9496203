import type { Operation } from '@launch-ready/core';
import { parsedJson } from './remote-values.ts';
import { spoken } from './spoken.ts';

/** A request of a script, in whose texts placeholders such as `{{o1}}` stand for what is known only when it runs. */
export interface StepRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly type: string; readonly text: string } | null;
}

/** The step as it is said on the network, placeholders and all; the same for plain HTTP and for what cannot be said otherwise. */
export function spokenStep<T extends StepRequest>(operation: Operation, step: T): T {
  if (!operation.wire) return step;
  const value = step.body === null ? null : parsedJson(step.body.text);
  const said = spoken(operation, {
    method: operation.method,
    url: operation.origin + step.path,
    headers: Object.entries(step.headers),
    body: step.body === null ? null : { kind: 'json', value },
  });
  if (said.kind === 'unspeakable') return step;
  const { request } = said;
  const { pathname, search } = new URL(request.url);
  return {
    ...step,
    method: request.method,
    path: (pathname + search).replace(/%7B%7B(\w+)%7D%7D/g, '{{$1}}'),
    headers: Object.fromEntries(request.headers),
    body:
      request.body?.kind === 'json'
        ? { type: 'application/json', text: withNumbers(operation, JSON.stringify(request.body.value)) }
        : null,
  };
}

/** Where the answer of an operation stands in the answer from the network, as the beginning of a JSON pointer. */
export function answerPointer(operation: Operation): string {
  const { wire } = operation;
  switch (wire?.kind) {
    case undefined:
      return '';
    case 'graphql':
      return `${wire.after === undefined ? '' : '/1'}/data/${wire.field}`;
    case 'trpc':
      return `${wire.batched ? '/0' : ''}/result/data${wire.transformer === 'superjson' ? '/json' : ''}`;
    case 'postgrest':
      return wire.answer === 'one' ? '/0' : '';
  }
}

/** A placeholder of a number stands without quotes. */
function withNumbers({ wire }: Operation, text: string): string {
  const values = wire?.kind === 'graphql' ? wire.variables : wire?.kind === 'trpc' ? wire.input : [];
  const numbers = values.filter(({ as, from }) => as === 'number' && from === 'path');
  const inline = wire?.kind === 'graphql' ? (wire.inline ?? []) : [];
  const literal = numbers.some(({ name }) => inline.includes(name));
  return numbers.reduce(
    (made, { name }) => made.replaceAll(new RegExp(`("${name}":)"(\\{\\{\\w+\\}\\})"`, 'g'), '$1$2'),
    literal ? text.replaceAll(/\\"(\{\{\w+\}\})\\"/g, '$1') : text,
  );
}
