import type { RemoteValue, Slot } from '@launch-ready/core';
import { getNamedType, isInputObjectType, isNonNullType, type GraphQLField } from 'graphql';
import { heldType, type Entities, type Entity } from './entities.ts';
import { ownId, writing } from './field-arguments.ts';
import type { SaidField } from './operation-of-field.ts';
import { inputSchema } from './schema-words.ts';

type Field = GraphQLField<unknown, unknown>;

/** How a query may be called in resource style, the fittest way first. */
export function queryWays(field: Field, entities: Entities): readonly SaidField[] {
  if (/^(node|nodes|_service|_entities)$/.test(field.name)) return [];
  const held = heldType(field.type);
  const entity = entities.ofType(held.name);
  const own = held.list ? undefined : ownId(field.args, entity);
  const values = field.args.flatMap((one): readonly RemoteValue[] => {
    if (one === own) return [{ name: one.name, from: 'path', key: one.name, as: writing(one) }];
    const isFilter = isInputObjectType(getNamedType(one.type)) && !isNonNullType(one.type);
    return isFilter ? [] : [{ name: one.name, from: 'query', key: one.name, as: writing(one) }];
  });
  const slots = field.args
    .filter((one) => values.some(({ name, from }) => name === one.name && from === 'query'))
    .map((one): Slot => ({
      in: 'query',
      name: one.name,
      required: isNonNullType(one.type) && one.defaultValue === undefined,
      schema: inputSchema(one.type),
    }));
  return pathsOf(field, entities, entity, own?.name ?? null).map((path) => ({
    kind: 'query',
    field,
    method: 'GET',
    path,
    values,
    body: null,
    slots,
  }));
}

function pathsOf(
  field: Field,
  entities: Entities,
  entity: Entity | null,
  own: string | null,
): readonly string[] {
  if (entity && own !== null) {
    const item = `/${entity.collection}/{${own}}`;
    const others = [`${item}/${field.name}`, `/${field.name}/{${own}}`];
    return /slug|key/i.test(own) ? others : [item, ...others];
  }
  const isList = entity !== null && heldType(field.type).list && isMain(field, entities, entity);
  return [...(isList ? [`/${entity.collection}`] : []), `/${field.name}`];
}

/** The list of a collection is the one that bears its name. */
function isMain(field: Field, entities: Entities, entity: Entity): boolean {
  const bare = field.name.replace(/^(all|list|get|fetch|my)(?=[A-Z])/, '').replace(/(List|Connection)$/, '');
  return entities.ofWord(bare) === entity;
}
