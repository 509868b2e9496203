import type { Operation } from '@launch-ready/core';
import type { GraphQLSchema } from 'graphql';
import { entitiesOf } from './entities.ts';
import { mutationWays } from './mutation-ways.ts';
import { nodeWays } from './node-ways.ts';
import { queryWays } from './query-ways.ts';
import { operationOfField, type SchemaPlace } from './operation-of-field.ts';
import { subscriptionsOf, type Subscription } from './subscriptions-of.ts';

export interface SchemaOperations {
  readonly operations: readonly Operation[];
  /** Those that need no argument. */
  readonly subscriptions: readonly Subscription[];
  /** What of the schema is not tested. */
  readonly problems: readonly string[];
}

/**
 * A GraphQL schema as operations in resource style below `<endpoint>~/`: `project(id)` becomes `GET projects/{id}`, `createProject`
 * becomes `POST projects`; mutations that are neither create, update nor delete become actions. Each says by its wire how it is spoken.
 */
export function operationsOfSchema(
  schema: GraphQLSchema,
  at: { readonly origin: string; readonly endpoint: string; readonly source: string },
): SchemaOperations {
  const entities = entitiesOf(schema);
  const place: SchemaPlace = { ...at, schema, entities, base: `${at.endpoint.replace(/\/$/, '')}~` };
  const [query, mutation, subscription] = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ].map((root) => root?.getFields() ?? {});
  const node = query?.['node'];
  const ways = [
    ...Object.values(query ?? {}).map((field) => queryWays(field, entities)),
    ...Object.values(mutation ?? {}).map((field) => mutationWays(field, entities)),
    ...(node ? nodeWays(node, entities) : []),
  ];
  const operations = new Map<string, Operation>();
  for (const way of ways) {
    const [first] = way.map((said) => operationOfField(said, place)).filter(({ id }) => !operations.has(id));
    if (first) operations.set(first.id, first);
  }
  const [simple, others] = subscriptionsOf(schema, Object.values(subscription ?? {}), at);
  return {
    operations: [...operations.values()],
    subscriptions: simple,
    problems: others.map((name) => `subscription ${name} is not tested: it needs arguments`),
  };
}
