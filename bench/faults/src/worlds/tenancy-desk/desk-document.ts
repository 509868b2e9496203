import { describeApi, text } from '../describe-api.ts';

const report = { title: text(200), note: text(2000), folderId: text(60) };
const one = '/api/reports/{report}';
const flag = '/api/flags/{flag}';
const folder = '/api/folders/{folder}';

const described = describeApi('Tenancy desk', 'bearer', {
  'GET /api/reports': { query: ['ids', 'orderBy'] },
  'POST /api/reports': { body: report, required: ['title', 'note'] },
  'POST /api/reports/search': { body: { q: text(200) }, required: ['q'] },
  [`GET ${one}`]: {},
  [`PATCH ${one}`]: { body: report },
  [`DELETE ${one}`]: {},
  [`GET ${one}/export`]: {},
  [`POST ${one}/archive`]: {},
  [`PUT ${one}/status`]: {
    body: { status: { type: 'string', enum: ['draft', 'final'] } },
    required: ['status'],
  },
  'GET /api/downloads/{report}': {},
  'GET /api/diagnosis/{report}': {},
  'GET /api/folders': {},
  'POST /api/folders': { body: { name: text(200), purpose: text(200) }, required: ['name', 'purpose'] },
  [`GET ${folder}`]: {},
  [`DELETE ${folder}`]: {},
  'GET /api/flags': {},
  'POST /api/flags': {
    body: { label: text(200), hint: text(200), on: { type: 'boolean' } },
    required: ['label', 'hint'],
  },
  [`GET ${flag}`]: {},
  [`PATCH ${flag}`]: { body: { on: { type: 'boolean' } }, required: ['on'] },
  [`DELETE ${flag}`]: {},
  'GET /api/tenants/{tenant}/members': {},
  'GET /api/tenants/{tenant}/members/{member}': {},
  'GET /api/tenants/{tenant}/settings': {},
  'GET /api/tenants/{tenant}/profile': { open: true },
});

/** The OpenAPI paths of the desk. */
export const deskPaths = described['paths'] as Record<string, unknown>;
