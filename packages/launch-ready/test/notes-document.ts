const text = { type: 'string', maxLength: 200 };
const body = (required: readonly string[], properties: object): object => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', properties, required } } },
});
const ok = { responses: { 200: { description: 'done' } } };
const id = { name: 'noteId', in: 'path', required: true, schema: { type: 'string' } };

/** The API document of the application that the command is tried on. */
export const notesDocument = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ bearer: [] }],
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/auth/login': {
      post: {
        ...ok,
        security: [],
        requestBody: body(['email', 'password'], { email: text, password: text }),
      },
    },
    '/auth/me': { get: ok },
    '/notes': { get: ok, post: { ...ok, requestBody: body(['title', 'text'], { title: text, text }) } },
    '/notes/{noteId}': {
      parameters: [id],
      get: ok,
      patch: { ...ok, requestBody: body([], { title: text, text }) },
      delete: ok,
    },
  },
};
