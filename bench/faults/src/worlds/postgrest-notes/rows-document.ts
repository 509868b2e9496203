const done = { responses: { '200': { description: 'OK' } } };

/** The document at the root, as PostgREST writes it. */
export const rowsDocument: object = {
  swagger: '2.0',
  info: { title: 'PostgREST API', version: '12' },
  basePath: '/',
  paths: {
    '/': { get: done },
    '/notes': { get: done, post: done, patch: done, delete: done },
  },
  definitions: {
    notes: {
      required: ['id', 'title'],
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          default: 'gen_random_uuid()',
          description: 'Note:\nThis is a Primary Key.<pk/>',
        },
        title: { type: 'string', maxLength: 200 },
        body: { type: 'string' },
      },
    },
  },
};
