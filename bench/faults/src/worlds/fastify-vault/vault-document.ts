import { describeApi, text } from '../describe-api.ts';

const contact = '/api/contacts/{contact}';
const file = '/api/files/{file}';

const described = describeApi('Vault', 'bearer', {
  'POST /auth/login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /auth/logout': {},
  'GET /auth/me': {},
  'POST /account/password': {
    body: { currentPassword: text(200), newPassword: { type: 'string', minLength: 12, maxLength: 200 } },
    required: ['currentPassword', 'newPassword'],
  },
  'GET /api/contacts': {},
  // What it takes it says only to whoever sends something else.
  'POST /api/contacts': { body: {} },
  [`GET ${contact}`]: {},
  [`PATCH ${contact}`]: { body: { label: text(80) } },
  [`DELETE ${contact}`]: {},
  'GET /api/files': {},
  [`GET ${file}`]: {},
  [`DELETE ${file}`]: {},
  [`GET ${file}/content`]: {},
  'GET /api/export': {},
  'GET /api/report': {},
  'GET /api/phonebook': {},
});

/** What the vault says of itself. */
export const vaultDocument = {
  ...described,
  paths: {
    ...Object(described['paths']),
    '/api/files': {
      ...Object(Object(described['paths'])['/api/files']),
      post: {
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { file: { type: 'string', format: 'binary' } },
                required: ['file'],
              },
            },
          },
        },
        responses: { '201': { description: 'kept' } },
      },
    },
  },
};
