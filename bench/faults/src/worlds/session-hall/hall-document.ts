import { describeApi, text } from '../describe-api.ts';
import type { HallStyle } from './hall-sign-in.ts';

const at = '/teams/{team}';
const one = `${at}/members/{memberId}`;

/** What a hall says of itself. */
export const hallDocument = ({ sessions }: HallStyle): object =>
  describeApi('Hall', sessions === 'cookie' ? 'cookie' : 'bearer', {
    'POST /auth/login': {
      open: true,
      body: { email: text(254), password: text(200) },
      required: ['email', 'password'],
    },
    ...(sessions === 'token'
      ? {
          'POST /auth/refresh': {
            open: true,
            body: { refreshToken: text(200) },
            required: ['refreshToken'],
          } as const,
        }
      : {}),
    ...(sessions === 'cookie'
      ? { 'GET /auth/sso': { open: true } as const, 'GET /auth/sso/callback': { open: true } as const }
      : {}),
    'POST /auth/logout': {},
    'POST /auth/logout-all': {},
    'POST /auth/password': {
      body: { currentPassword: text(200), newPassword: { type: 'string', minLength: 12, maxLength: 200 } },
      required: ['currentPassword', 'newPassword'],
    },
    'GET /me': {},
    [`GET ${at}/notes`]: {},
    [`POST ${at}/notes`]: { body: { title: text(120), text: text(2000) }, required: ['title', 'text'] },
    [`GET ${at}/notes/{noteId}`]: {},
    [`DELETE ${at}/notes/{noteId}`]: {},
    [`GET ${at}/audit`]: { roles: ['admin'] },
    [`GET ${at}/members`]: {},
    [`PATCH ${one}`]: {
      body: { role: { type: 'string', enum: ['admin', 'member'] } },
      required: ['role'],
      roles: ['admin'],
    },
    [`DELETE ${one}`]: { roles: ['admin'] },
    [`POST ${one}/suspend`]: { roles: ['admin'] },
    [`POST ${one}/reinstate`]: { roles: ['admin'] },
    [`GET ${at}/invites`]: { roles: ['admin'] },
    [`POST ${at}/invites`]: {
      body: { email: { type: 'string', format: 'email' } },
      required: ['email'],
      roles: ['admin'],
    },
    [`DELETE ${at}/invites/{inviteId}`]: { roles: ['admin'] },
    'POST /invites/accept': { body: { token: text(200) }, required: ['token'] },
  });
