import type { GraphQLField } from 'graphql';
import type { Entities } from './entities.ts';
import { bodyOf, idPlace } from './field-arguments.ts';
import { thingIn, verbOf } from './mutation-words.ts';
import type { SaidField } from './operation-of-field.ts';

/** How a mutation may be called in resource style, the fittest way first. */
export function mutationWays(
  field: GraphQLField<unknown, unknown>,
  entities: Entities,
): readonly SaidField[] {
  const verb = verbOf(field.name, entities);
  const entity = verb?.entity ?? thingIn(field, entities);
  const place = entity ? idPlace(field, entity) : null;
  const said = { kind: 'mutation', field, slots: [] } as const;
  const whole = bodyOf(field, undefined);
  const makes: readonly SaidField[] =
    verb?.method === 'POST'
      ? [{ ...said, method: 'POST', path: `/${verb.entity.collection}`, ...whole }]
      : [];
  if (!entity || !place) return [...makes, { ...said, method: 'POST', path: `/${field.name}`, ...whole }];
  const { values, body } = bodyOf(field, place);
  const item = `/${entity.collection}/{id}`;
  const method = verb?.method ?? 'POST';
  const changes: readonly SaidField[] =
    method === 'POST'
      ? []
      : [{ ...said, method, path: item, values, body: method === 'DELETE' ? null : body }];
  return [...makes, ...changes, { ...said, method: 'POST', path: `${item}/${field.name}`, values, body }];
}
