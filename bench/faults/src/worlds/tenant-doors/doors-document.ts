import { describeApi, text } from '../describe-api.ts';

const order = { title: text(200), note: text(2000) };
const one = '/api/orders/{order}';
const crate = '/api/crates/{crate}';

const described = describeApi('Tenant doors', 'cookie', {
  'GET /api/orders': { query: ['tenant'] },
  'POST /api/orders': { body: order, required: ['title', 'note'] },
  [`GET ${one}`]: {},
  [`PATCH ${one}`]: { body: order },
  [`DELETE ${one}`]: {},
  'GET /api/crates': {},
  'POST /api/crates': { body: { label: text(200), hint: text(2000) }, required: ['label', 'hint'] },
  [`GET ${crate}`]: {},
  [`DELETE ${crate}`]: {},
  'GET /api/tenants/{tenant}/settings': { roles: ['admin'] },
  'PATCH /api/tenants/{tenant}/settings': { body: { greeting: text(200) }, roles: ['admin'] },
  'POST /api/exports': {},
  'GET /api/exports/{export}': {},
});

/** The OpenAPI paths of the doors. */
export const doorsPaths = described['paths'] as Record<string, unknown>;
