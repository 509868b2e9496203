import { describeApi, text } from '../describe-api.ts';

const item = {
  title: text(120),
  description: text(2000),
  price: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  status: { type: 'string', enum: ['draft', 'public'] },
};

/** What the shop says of itself. */
export const guardDocument = describeApi('Shop', 'cookie', {
  'POST /auth/login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /auth/logout': {},
  'GET /auth/me': {},
  'GET /items': {},
  'POST /items': { body: item, required: ['title', 'description', 'price'] },
  'GET /items/{item}': {},
  'PATCH /items/{item}': { body: item },
  'DELETE /items/{item}': {},
  'GET /search': { query: ['q'] },
  'GET /help': { query: ['file'] },
});
