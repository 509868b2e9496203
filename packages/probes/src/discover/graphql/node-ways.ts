import type { RemoteValue } from '@launch-ready/core';
import { getNamedType, type GraphQLField } from 'graphql';
import type { Entities } from './entities.ts';
import type { SaidField } from './operation-of-field.ts';

/** Relay's `node` reads any object (Global Object Identification): one more way to every kind that it may hold. */
export function nodeWays(
  node: GraphQLField<unknown, unknown>,
  entities: Entities,
): readonly (readonly SaidField[])[] {
  const [argument] = node.args;
  if (!argument) return [];
  const possible = getNamedType(node.type).name;
  const values: readonly RemoteValue[] = [{ name: argument.name, from: 'path', key: 'id', as: 'text' }];
  return entities.all
    .filter(({ type }) => type.getInterfaces().some(({ name }) => name === possible))
    .map(({ type, collection }) => {
      const way = (path: string): SaidField => ({
        kind: 'query',
        field: node,
        method: 'GET',
        path,
        values,
        body: null,
        slots: [],
        type: type.name,
      });
      return [way(`/${collection}/{id}`), way(`/${collection}/{id}/node`)];
    });
}
