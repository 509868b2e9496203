import { describeApi, text } from '../describe-api.ts';

const project = { title: text(200), brief: text(2000) };
const task = { title: text(200), detail: text(2000) };
const one = '/api/projects/{project}';
const oneTask = `${one}/tasks/{task}`;

/** What the tracker says of itself. */
export const trackerDocument = describeApi('Tracker', 'cookie', {
  'GET /api/csrf-token': { open: true },
  'POST /api/auth/login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /api/auth/logout': {},
  'GET /api/auth/me': {},
  'POST /api/account/password': {
    body: { currentPassword: text(200), newPassword: { type: 'string', minLength: 12, maxLength: 200 } },
    required: ['currentPassword', 'newPassword'],
  },
  'GET /api/projects': {},
  'POST /api/projects': { body: project, required: ['title'] },
  [`GET ${one}`]: {},
  [`PATCH ${one}`]: { body: project },
  [`DELETE ${one}`]: {},
  [`GET ${one}/tasks`]: {},
  [`POST ${one}/tasks`]: { body: task, required: ['title'] },
  [`GET ${oneTask}`]: {},
  [`PATCH ${oneTask}`]: { body: task },
  [`DELETE ${oneTask}`]: {},
  'GET /api/search': { query: ['q'] },
  'GET /api/activity': {},
  'GET /api/stats': {},
  'GET /api/export': { roles: ['admin'] },
  'GET /api/audit': { roles: ['admin'] },
});
