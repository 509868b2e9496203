const text = (maxLength: number): object => ({ type: 'string', maxLength });
const done = { responses: { '200': { description: 'done' } } };
const slot = (name: string): object => ({
  parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }],
});
const takes = (properties: object, required: readonly string[]): object => ({
  ...done,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', properties, required } } },
  },
});
const note = { title: text(140), text: text(3000) };

/** What the notes say of themselves. */
export const notesDocument = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/api/me': { get: done },
    '/api/logout': { post: done },
    '/api/password': {
      post: takes({ currentPassword: text(200), newPassword: { ...text(200), minLength: 12 } }, [
        'currentPassword',
        'newPassword',
      ]),
    },
    '/api/notes': { get: done, post: takes(note, ['title', 'text']) },
    '/api/notes/{noteId}': { ...slot('noteId'), get: done, patch: takes(note, []), delete: done },
    '/api/notebooks': { get: done, post: takes({ name: text(140) }, ['name']) },
    '/api/notebooks/{notebookId}': { ...slot('notebookId'), get: done, delete: done },
    '/api/notebooks/{notebookId}/notes': {
      ...slot('notebookId'),
      get: done,
      post: takes(note, ['title', 'text']),
    },
    '/api/find': {
      get: { ...done, parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }] },
    },
    '/api/summary': { get: done },
  },
} as const;
