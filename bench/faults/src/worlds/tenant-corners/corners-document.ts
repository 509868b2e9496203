import { describeApi, text } from '../describe-api.ts';

const card = { title: text(200), body: text(2000), boardId: text(60) };
const one = '/api/cards/{card}';
const member = '/api/tenants/{tenant}/members/{member}';

/** Reads, makes, changes and deletes one kind of object. */
const kind = (
  path: string,
  id: string,
  body: Readonly<Record<string, object>>,
  query: readonly string[] = [],
) => ({
  [`GET ${path}`]: { query },
  [`POST ${path}`]: { body, required: Object.keys(body) },
  [`GET ${path}/{${id}}`]: {},
  [`DELETE ${path}/{${id}}`]: {},
});

const described = describeApi('Tenant corners', 'bearer', {
  'GET /api/cards': { query: ['limit'] },
  'POST /api/cards': { body: card, required: ['title', 'body'] },
  [`GET ${one}`]: { query: ['include'] },
  [`PUT ${one}`]: { body: card, required: ['title', 'body'] },
  [`DELETE ${one}`]: {},
  [`POST ${one}/pin`]: {},
  ...kind('/api/boards', 'board', { name: text(200), purpose: text(2000) }),
  ...kind('/api/entries', 'entry', { subject: text(200), text: text(2000) }, ['cursor']),
  ...kind('/api/papers', 'paper', { headline: text(200), text: text(2000) }),
  'GET /api/papers/trash': {},
  ...kind('/api/assets', 'asset', { label: text(200), notes: text(2000) }),
  ...kind('/api/pages', 'slug', {
    slug: { type: 'string', pattern: '^[a-z0-9-]+$', minLength: 3, maxLength: 60 },
    content: text(2000),
  }),
  'GET /api/tenants/{tenant}/members': {},
  [`GET ${member}`]: {},
  [`PATCH ${member}`]: {
    body: { role: { type: 'string', enum: ['admin', 'member', 'throwaway'] } },
    required: ['role'],
    roles: ['admin'],
  },
});

/** The OpenAPI paths of the corners. */
export const cornersPaths = described['paths'] as Record<string, unknown>;
