import { describeApi, text } from '../describe-api.ts';

const password = { type: 'string', minLength: 12, maxLength: 200 };
const address = { type: 'string', format: 'email', maxLength: 254 };

/** What the lodge says of itself. */
export const lodgeDocument = describeApi('Lodge', 'bearer', {
  'POST /auth/login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /auth/signup': {
    open: true,
    body: { email: address, password, inviteToken: text(200) },
    required: ['email', 'password'],
  },
  'POST /auth/logout': {},
  'GET /auth/me': {},
  'POST /auth/password': {
    body: { currentPassword: text(200), newPassword: password },
    required: ['currentPassword', 'newPassword'],
  },
  'POST /auth/forgot': { open: true, body: { email: address }, required: ['email'] },
  'POST /auth/reset': {
    open: true,
    body: { email: address, token: text(200), newPassword: password },
    required: ['email', 'token', 'newPassword'],
  },
  'GET /api/notes': {},
  'POST /api/notes': { body: { title: text(120), text: text(2000) }, required: ['title', 'text'] },
  'GET /api/notes/{noteId}': {},
  'DELETE /api/notes/{noteId}': {},
  'GET /api/invites': {},
  'POST /api/invites': {
    body: { email: address, role: { type: 'string', enum: ['admin', 'member'] } },
    required: ['email'],
    roles: ['admin'],
  },
  'DELETE /api/invites/{inviteId}': { roles: ['admin'] },
  'POST /api/invites/accept': { body: { token: text(200) }, required: ['token'] },
  'GET /api/members': {},
  'DELETE /api/members/{memberId}': { roles: ['admin'] },
});
