import type { HttpMethod } from '@launch-ready/core';
import { getNamedType, isInputObjectType, type GraphQLField } from 'graphql';
import type { Entities, Entity } from './entities.ts';

const makes = /^(create|add|new|insert|register|make|post)(?=[A-Z_])_?(.+)$/;
const changes = /^(update|edit|patch|modify|change|set|save|replace)(?=[A-Z_])_?(.+)$/;
const removes = /^(delete|remove|destroy|erase)(?=[A-Z_])_?(.+)$/;
const behind: readonly (readonly [RegExp, HttpMethod])[] = [
  [/^(.+?)_?(Create|Add|create)$/, 'POST'],
  [/^(.+?)_?(Update|Edit|update)$/, 'PATCH'],
  [/^(.+?)_?(Delete|Remove|delete)$/, 'DELETE'],
];

/** `createProject`, `project_delete`: what a mutation does, by its name, and to which kind of object. */
export function verbOf(
  name: string,
  entities: Entities,
): { readonly method: HttpMethod; readonly entity: Entity } | null {
  const front: readonly (readonly [RegExp, HttpMethod])[] = [
    [makes, 'POST'],
    [changes, 'PATCH'],
    [removes, 'DELETE'],
  ];
  for (const [pattern, method] of front) {
    const rest = pattern.exec(name)?.[2]?.replace(/(_one|_by_pk|ById|_by_id)$/, '');
    const entity = rest === undefined ? null : entities.ofWord(rest);
    if (entity) return { method, entity };
  }
  for (const [pattern, method] of behind) {
    const entity = entities.ofWord(pattern.exec(name)?.[1] ?? '');
    if (entity) return { method, entity };
  }
  return null;
}

/** `archiveProject`, `publish(projectId)`: the kind of object that an action is about. */
export function thingIn(field: GraphQLField<unknown, unknown>, entities: Entities): Entity | null {
  const words = field.name.split(/(?=[A-Z])|_/);
  for (let from = 1; from < words.length; from += 1) {
    const entity = entities.ofWord(words.slice(from).join(''));
    if (entity) return entity;
  }
  const names = field.args.flatMap((one) => {
    const type = getNamedType(one.type);
    return isInputObjectType(type) ? Object.keys(type.getFields()) : [one.name];
  });
  for (const name of names) {
    const word = /^(.+?)_?(Id|id|ID|Uuid)$/.exec(name)?.[1];
    const entity = word === undefined ? null : entities.ofWord(word);
    if (entity) return entity;
  }
  return null;
}
