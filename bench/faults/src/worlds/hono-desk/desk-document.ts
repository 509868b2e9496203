import { describeApi, text } from '../describe-api.ts';

const ticket = { subject: text(160), text: text(4000) };
const article = { title: text(160), body: text(4000) };
const offer = {
  name: text(120),
  price: { type: 'integer', minimum: 1, maximum: 10_000_000 },
  status: { type: 'string', enum: ['draft', 'approved'] },
};
const account = { email: text(254), displayName: text(80) };
const role = { email: text(254), role: { type: 'string', enum: ['admin', 'member'] } };
const note = { words: text(1000) };

/** What the desk says of itself. */
export const deskDocument = describeApi('Desk', 'bearer', {
  'POST /login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /register': {
    open: true,
    body: { email: text(254), password: { type: 'string', minLength: 12, maxLength: 200 } },
    required: ['email', 'password'],
  },
  'POST /logout': {},
  'GET /me': {},
  'POST /me/password': {
    body: { currentPassword: text(200), newPassword: { type: 'string', minLength: 12, maxLength: 200 } },
    required: ['currentPassword', 'newPassword'],
  },
  'GET /profile': {},
  'PATCH /profile': { body: { displayName: text(80) } },
  'PUT /account': { body: account, required: ['email', 'displayName'] },
  'PUT /card': { body: account, required: ['email', 'displayName'] },
  'GET /members': {},
  'PUT /members/role': { body: role, required: ['email', 'role'] },
  'PUT /members/wish': { body: role, required: ['email', 'role'] },
  'GET /audit': { roles: ['admin'] },
  'GET /reports': {},
  'GET /api-keys': {},
  'POST /api-keys': { body: { label: text(120) }, required: ['label'] },
  'DELETE /api-keys/{keyId}': {},
  'GET /tickets': {},
  'POST /tickets': { body: ticket, required: ['subject', 'text'] },
  'GET /tickets/{ticketId}': {},
  'PATCH /tickets/{ticketId}': { body: ticket },
  'DELETE /tickets/{ticketId}': {},
  'PUT /tickets/{ticketId}/status': {
    roles: ['admin'],
    body: { status: { type: 'string', enum: ['open', 'answered', 'closed'] } },
    required: ['status'],
  },
  'PUT /tickets/{ticketId}/featured': {
    roles: ['admin'],
    body: { featured: { type: 'boolean' } },
    required: ['featured'],
  },
  'GET /articles': {},
  'POST /articles': { body: article, required: ['title', 'body'] },
  'GET /articles/{articleId}': {},
  'PATCH /articles/{articleId}': { body: article },
  'DELETE /articles/{articleId}': {},
  'GET /offers': {},
  'POST /offers': { body: offer, required: ['name', 'price'] },
  'GET /offers/{offerId}': {},
  'PATCH /offers/{offerId}': { body: offer },
  'DELETE /offers/{offerId}': {},
  'GET /notices': {},
  'POST /notices': { roles: ['admin'], body: note, required: ['words'] },
  'GET /notices/{noticeId}': {},
  'DELETE /notices/{noticeId}': { roles: ['admin'] },
  'GET /scraps': {},
  'POST /scraps': { body: note, required: ['words'] },
  'GET /scraps/{scrapId}': {},
  'PATCH /scraps/{scrapId}': { body: note },
  'DELETE /scraps/{scrapId}': {},
  'GET /notes': {},
  'POST /notes': { body: note, required: ['words'] },
  'GET /notes/{noteId}': {},
  'DELETE /notes/{noteId}': {},
});
