import type { CollectionRoute, CollectionTrap } from './trap.ts';

const item = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    title: { type: 'string', maxLength: 200 },
    note: { type: ['string', 'null'], maxLength: 2000 },
  },
} as const;
const input = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string', maxLength: 200 }, note: { type: 'string', maxLength: 2000 } },
} as const;
const json = (schema: unknown): unknown => ({ 'application/json': { schema } });
const answer = (schema: unknown): unknown => ({ '200': { description: 'done', content: json(schema) } });
const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } } as const;

/** The OpenAPI paths of a collection. */
export function collectionDocument(trap: CollectionTrap): Record<string, unknown> {
  const base = `/api/${trap.collection}`;
  const open = (name: 'list' | 'read'): object =>
    trap.publicOperations?.includes(name) === true && trap.publicByPermissions !== true
      ? { security: [] }
      : {};
  const admins = (name: CollectionRoute): object =>
    trap.adminsOnly?.includes(name) === true ? { 'x-roles': ['admin'] } : {};
  const body = { required: true, content: json(input) };
  return {
    [base]: {
      get: {
        ...open('list'),
        ...admins('list'),
        responses: answer({ type: 'object', properties: { items: { type: 'array', items: item } } }),
      },
      post: {
        ...admins('create'),
        requestBody: body,
        responses: { '201': { description: 'made', content: json(item) } },
      },
    },
    [`${base}/{id}`]: {
      parameters: [idParameter],
      get: { ...open('read'), ...admins('read'), responses: answer(item) },
      patch: { ...admins('update'), requestBody: body, responses: answer(item) },
      delete: { ...admins('remove'), responses: { '204': { description: 'gone' } } },
      ...(trap.replace === undefined ? {} : { put: { requestBody: body, responses: answer(item) } }),
    },
    ...(trap.handlers?.search === undefined
      ? {}
      : {
          [`${base}-search`]: {
            get: {
              parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
              responses: answer({ type: 'object' }),
            },
          },
        }),
  };
}
