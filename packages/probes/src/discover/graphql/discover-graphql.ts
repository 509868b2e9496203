import { anonymous, type ActorId, type EvidenceMap, type Operation } from '@launch-ready/core';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { Answer, SendResult } from '../../transport/transport.ts';
import { isRecord } from '../../wires/remote-values.ts';
import type { DiscoverWiresSetting, WiredOperations } from '../discover-wires.ts';
import { guessSchema } from './guess-schema.ts';
import { operationsOfSchema } from './operations-of-schema.ts';
import type { Subscription } from './subscriptions-of.ts';

type DocumentRecord = EvidenceMap['operations']['documents'][number];

const usualPlaces = ['/graphql', '/api/graphql', '/query', '/v1/graphql'];
const speaksGraphql =
  /graphql|introspection|__schema|cannot query field|query string|must provide (a )?query|persisted/i;

/** Finds GraphQL endpoints and what they offer to each actor: by introspection, or by what refusals of guesses tell. */
export async function discoverGraphql(setting: DiscoverWiresSetting): Promise<WiredOperations> {
  const { target, transport, sessions, known, again } = setting;
  const operations: Operation[] = [];
  const subscriptions: Subscription[] = [];
  const documents: DocumentRecord[] = [];
  const given = (target.graphql ?? []).map((place) => new URL(place, target.api).href);
  const seen = [
    ...new Set(
      known.flatMap(({ wire, origin }) => (wire?.kind === 'graphql' ? [`${origin}${wire.endpoint}`] : [])),
    ),
  ];
  const named = known
    .filter(({ method, path, wire }) => !wire && method === 'POST' && /graphql$|\/gql$/i.test(path))
    .map(({ origin, path }) => `${origin}${path}`);
  const places =
    given.length > 0
      ? given
      : seen.length > 0
        ? seen
        : again
          ? named
          : [...named, ...usualPlaces.map((path) => `${target.api}${path}`)];

  for (const url of new Set(places)) {
    const announced = given.includes(url) || named.includes(url) || seen.includes(url);
    const actors: readonly ActorId[] =
      sessions && (announced || again) ? sessions.actors.map(({ id }) => id) : [anonymous];
    const contents = new Set<string>();
    let shut: Answer | null = null;
    for (const actor of actors) {
      const result = await ask(url, actor, getIntrospectionQuery({ descriptions: false }), '__schema');
      if (result.kind !== 'answer') break;
      const schema = result.status === 200 ? schemaIn(result.json()) : null;
      if (!schema) {
        if (
          announced ||
          speaksGraphql.test(result.text) ||
          (result.status === 401 && looksLikeErrors(result))
        )
          shut ??= result;
        continue;
      }
      if (contents.has(result.text)) continue;
      contents.add(result.text);
      keep(url, actor, schema, result, []);
    }
    if (contents.size > 0 || shut === null || seen.includes(url)) continue;
    const [actor = anonymous] = actors;
    const guessed = await guessSchema((document) => ask(url, actor, document, 'lrNothing'));
    const because = 'introspection is off';
    if (guessed === null)
      documents.push(recordOf(url, actor, shut, [`${because}, and guesses of its fields told nothing`]));
    else
      keep(url, actor, guessed, shut, [
        `${because}: what is known was guessed from its refusals, so that much may be missing`,
      ]);
  }
  return { operations, documents, subscriptions };

  function keep(
    url: string,
    actor: ActorId,
    schema: GraphQLSchema,
    answer: Answer,
    problems: readonly string[],
  ): void {
    const { origin, pathname } = new URL(url);
    const source = sourceOf(url, actor);
    const found = operationsOfSchema(schema, { origin, endpoint: pathname, source });
    operations.push(...found.operations);
    subscriptions.push(...found.subscriptions);
    documents.push(recordOf(url, actor, answer, [...problems, ...found.problems]));
  }

  function sourceOf(url: string, actor: ActorId): string {
    const { pathname } = new URL(url);
    return `graphql: ${pathname}${actor === anonymous ? '' : ` as ${actor}`}`;
  }

  function recordOf(
    url: string,
    actor: ActorId,
    answer: SendResult,
    problems: readonly string[],
  ): DocumentRecord {
    return {
      source: sourceOf(url, actor),
      title: 'GraphQL schema',
      version: null,
      problems: [...problems].slice(0, 30),
      exchange: answer.exchange,
    };
  }

  function ask(url: string, actor: ActorId, document: string, field: string): Promise<SendResult> {
    const { origin, pathname } = new URL(url);
    const path = `${pathname.replace(/\/$/, '')}~/schema`;
    const operation: Operation = {
      id: `GET ${path}`,
      method: 'GET',
      path,
      origin,
      tags: [],
      slots: [],
      responses: [],
      declaredAuth: 'unstated',
      sources: [],
      wire: { kind: 'graphql', endpoint: pathname, document, field, variables: [] },
    };
    const request = {
      probe: 'discover/graphql',
      purpose: 'read the GraphQL schema',
      method: 'GET',
      url: `${origin}${path}`,
      operation,
      effect: { kind: 'none' },
      maxBytes: 16 * 1024 * 1024,
    } as const;
    if (sessions && actor !== anonymous) return sessions.send(actor, request);
    return transport.send({ ...request, actor: anonymous, headers: Object.entries(target.headers) });
  }
}

const looksLikeErrors = (answer: Answer): boolean => {
  const value = answer.json();
  return isRecord(value) && Array.isArray(value['errors']);
};

function schemaIn(value: unknown): GraphQLSchema | null {
  if (!isIntrospection(value)) return null;
  try {
    return buildClientSchema({ __schema: value }, { assumeValid: true });
  } catch {
    return null;
  }
}

const isIntrospection = (value: unknown): value is IntrospectionQuery['__schema'] =>
  isRecord(value) && Array.isArray(value['types']) && isRecord(value['queryType']);
