const text = (maxLength: number): object => ({ type: 'string', maxLength });
const body = (properties: object, required: readonly string[]): object => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', properties, required } } },
});
const slot = (name: string): object => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const ok = { responses: { 200: { description: 'done' } } };
const post = { title: text(200), text: text(200), pinned: { type: 'boolean' } };

/** The API document of the small community that tests run against. */
export const communityDocument: object = {
  openapi: '3.1.0',
  info: { title: 'Community', version: '1' },
  security: [{ session: [] }],
  components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/auth/login': {
      post: {
        ...ok,
        security: [],
        requestBody: body({ email: { type: 'string' }, password: { type: 'string' } }, ['email', 'password']),
      },
    },
    '/auth/logout': { post: ok },
    '/auth/me': { get: ok },
    '/account/password': {
      post: {
        ...ok,
        requestBody: body(
          { currentPassword: { type: 'string' }, newPassword: { type: 'string', minLength: 12 } },
          ['currentPassword', 'newPassword'],
        ),
      },
    },
    '/invites/accept': { post: { ...ok, requestBody: body({ token: { type: 'string' } }, ['token']) } },
    '/orgs/{org}/members': { parameters: [slot('org')], get: ok },
    '/orgs/{org}/members/{memberId}': { parameters: [slot('org'), slot('memberId')], delete: ok },
    '/orgs/{org}/invites': {
      parameters: [slot('org')],
      post: {
        ...ok,
        requestBody: body(
          { email: { type: 'string', format: 'email' }, role: { enum: ['admin', 'member'] } },
          ['email'],
        ),
      },
    },
    '/orgs/{org}/invites/{inviteId}': { parameters: [slot('org'), slot('inviteId')], delete: ok },
    '/orgs/{org}/posts': {
      parameters: [slot('org')],
      get: ok,
      post: { ...ok, requestBody: body(post, ['title', 'text']) },
    },
    '/orgs/{org}/posts/{postId}': {
      parameters: [slot('org'), slot('postId')],
      get: ok,
      patch: { ...ok, requestBody: body(post, []) },
      delete: ok,
    },
  },
};
