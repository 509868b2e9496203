import { describeApi, text } from '../describe-api.ts';

const at = '/t/{workspace}';
const paper = { title: text(160), body: text(4000), folderId: text(60) };
const invoice = { label: text(120), amount: { type: 'integer', minimum: 1, maximum: 10_000_000 } };

/** What the portal says of itself. */
export const portalDocument = describeApi('Portal', 'bearer', {
  'POST /login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /logout': {},
  'GET /me': {},
  'POST /me/password': {
    body: { currentPassword: text(200), newPassword: { type: 'string', minLength: 12, maxLength: 200 } },
    required: ['currentPassword', 'newPassword'],
  },
  [`GET ${at}/folders`]: {},
  [`POST ${at}/folders`]: { body: { name: text(80) }, required: ['name'] },
  [`GET ${at}/folders/{folderId}`]: {},
  [`DELETE ${at}/folders/{folderId}`]: {},
  [`GET ${at}/documents`]: { query: ['ids'] },
  [`POST ${at}/documents`]: { body: paper, required: ['title', 'body'] },
  [`GET ${at}/documents/{documentId}`]: {},
  [`PATCH ${at}/documents/{documentId}`]: { body: paper },
  [`DELETE ${at}/documents/{documentId}`]: {},
  [`GET ${at}/documents/{documentId}/download`]: {},
  [`GET ${at}/messages`]: {},
  [`POST ${at}/messages`]: { body: { text: text(1000) }, required: ['text'] },
  [`GET ${at}/messages/{messageId}`]: {},
  [`DELETE ${at}/messages/{messageId}`]: {},
  [`GET ${at}/invoices`]: { roles: ['admin'] },
  [`POST ${at}/invoices`]: { body: invoice, required: ['label', 'amount'], roles: ['admin'] },
  [`GET ${at}/invoices/{invoiceId}`]: { roles: ['admin'] },
  [`DELETE ${at}/invoices/{invoiceId}`]: { roles: ['admin'] },
  [`GET ${at}/people`]: {},
  [`PATCH ${at}/people/{personId}`]: {
    body: { role: { type: 'string', enum: ['admin', 'member'] } },
    required: ['role'],
    roles: ['admin'],
  },
});
