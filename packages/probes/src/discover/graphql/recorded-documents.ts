import type { Operation } from '@launch-ready/core';
import { parse, type DocumentNode } from 'graphql';
import { isRecord, parsedJson } from '../../wires/remote-values.ts';
import type { ObservedCall } from '../har/observed-call.ts';
import { operationsOfSchema } from './operations-of-schema.ts';
import { schemaOfDocuments, type SaidDocument } from './schema-of-documents.ts';

/** Operations of the GraphQL documents that were sent in a recording, also several in one request, and the calls that are none. */
export function recordedDocuments(
  calls: readonly ObservedCall[],
  source: string,
): { readonly operations: readonly Operation[]; readonly rest: readonly ObservedCall[] } {
  const rest: ObservedCall[] = [];
  const places = new Map<string, { origin: string; endpoint: string; documents: SaidDocument[] }>();
  for (const call of calls) {
    const found = documentsIn(call);
    if (found.length === 0) {
      rest.push(call);
      continue;
    }
    const endpoint = `/${call.segments.join('/')}`;
    const place = places.get(call.origin + endpoint) ?? { origin: call.origin, endpoint, documents: [] };
    places.set(call.origin + endpoint, place);
    place.documents.push(...found);
  }
  const operations = [...places.values()].flatMap(({ documents, ...at }): readonly Operation[] => {
    const schema = schemaOfDocuments(documents);
    return schema === null ? [] : operationsOfSchema(schema, { ...at, source }).operations;
  });
  return { operations, rest };
}

/** GraphQL over HTTP, sections 5 and 6: JSON by POST, or the query string by GET; and batches, which many servers take. */
function documentsIn(call: ObservedCall): readonly SaidDocument[] {
  const asked = call.method === 'POST' ? call.body?.value : Object.fromEntries(call.query);
  const said: readonly unknown[] = Array.isArray(asked) ? asked : [asked];
  const answers: readonly unknown[] =
    Array.isArray(asked) && Array.isArray(call.answer) ? call.answer : [call.answer];
  return said.flatMap((one, index): readonly SaidDocument[] => {
    if (!isRecord(one) || typeof one['query'] !== 'string') return [];
    const document = documentOf(one['query']);
    const answer = answers[index];
    if (document === null || !isRecord(answer) || !('data' in answer || 'errors' in answer)) return [];
    const given = typeof one['variables'] === 'string' ? parsedJson(one['variables']) : one['variables'];
    return [
      {
        document,
        variables: isRecord(given) ? given : {},
        data: isRecord(answer['data']) ? answer['data'] : null,
      },
    ];
  });
}

function documentOf(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return null;
  }
}
