import type { Family } from './families.ts';

const text = { type: 'string', minLength: 1, maxLength: 200 };
const body = (properties: object, required: readonly string[]): object => ({
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', properties, required } } },
  },
});
const answers = { responses: { 200: { description: 'done' } } };

/** The OpenAPI document of the leaky application. */
export function leakyDocument(families: readonly Family[]): object {
  const paths: Record<string, object> = {
    '/login': {
      post: {
        security: [],
        ...body({ email: { type: 'string', format: 'email' }, password: { type: 'string' } }, [
          'email',
          'password',
        ]),
        ...answers,
      },
    },
    '/health': { get: { security: [], ...answers } },
    '/me': {
      get: answers,
      patch: { ...body({ name: text, role: { type: 'string' } }, []), ...answers },
    },
    '/feed': { get: answers },
    '/search': { get: { parameters: [{ in: 'query', name: 'q', schema: { type: 'string' } }], ...answers } },
    '/orgs/{org}/audit': { get: { 'x-roles': ['admin'], ...answers } },
    '/orgs/{org}/spaces': {
      get: { 'x-roles': ['admin', 'member'], ...answers },
      post: {
        'x-roles': ['admin'],
        ...body({ name: text, visibility: { enum: ['public', 'private'], type: 'string' }, about: text }, [
          'name',
        ]),
        ...answers,
      },
    },
    '/orgs/{org}/spaces/{space}': {
      get: { 'x-roles': ['admin', 'member'], ...answers },
      patch: { 'x-roles': ['admin'], ...body({ name: text }, []), ...answers },
      delete: { 'x-roles': ['admin'], ...answers },
    },
    '/orgs/{org}/spaces/{space}/posts': {
      get: { 'x-roles': ['admin', 'member'], ...answers },
      post: { 'x-roles': ['admin', 'member'], ...body({ title: text, text }, ['title']), ...answers },
    },
    '/orgs/{org}/spaces/{space}/posts/{post}': {
      get: { 'x-roles': ['admin', 'member'], ...answers },
      patch: { 'x-roles': ['admin', 'member'], ...body({ title: text, text }, []), ...answers },
      delete: { 'x-roles': ['admin', 'member'], ...answers },
    },
  };
  for (const family of families) {
    const isPublic = family.read === 'public' ? { security: [] } : {};
    const fields = { title: text, text };
    paths[`/${family.name}`] = {
      get: { ...isPublic, ...answers },
      post: { ...body(fields, ['title', 'text']), ...answers },
    };
    paths[`/${family.name}/{id}`] = {
      get: { ...isPublic, ...answers },
      ...(family.put
        ? { put: { ...body(fields, ['title', 'text']), ...answers } }
        : { patch: { ...body(fields, []), ...answers } }),
      delete: answers,
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Leaky', version: '1' },
    security: [{ session: [] }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } } },
    paths,
  };
}
