import { across, fault } from '../world-fault.ts';
import type { WorldFault } from '../world.ts';

const at = '/t/{workspace}';
const paper = `${at}/documents/{documentId}`;
const message = `${at}/messages/{messageId}`;

/** Ways to break the portal. */
export const portalFaults: readonly WorldFault[] = [
  across(
    'read',
    'portal-path-names-workspace',
    'a document is looked for in the workspace of the path, without asking who belongs to it',
    `GET ${paper}`,
  ),
  across('read', 'portal-document-by-id-alone', 'a document is looked up by its id alone', `GET ${paper}`),
  across(
    'read',
    'portal-refusal-in-header',
    'a foreign document is refused, and a header of the refusal holds its title',
    `GET ${paper}`,
  ),
  across(
    'read',
    'portal-refusal-in-base64',
    'a foreign document is refused with a reference that is its title in base64',
    `GET ${paper}`,
  ),
  across('read', 'portal-download-by-id-alone', 'the file of any document is given', `GET ${paper}/download`),
  across('read', 'portal-message-by-id-alone', 'a message is looked up by its id alone', `GET ${message}`),
  across(
    'list',
    'portal-ids-of-anybody',
    'documents that are asked for by their ids are not filtered',
    `GET ${at}/documents`,
  ),
  across(
    'list',
    'portal-messages-by-path',
    'messages are those of the workspace in the path, whoever asks',
    `GET ${at}/messages`,
  ),
  across(
    'list',
    'portal-south-lists-north',
    'one tenant lists the folders of the other, but not the reverse',
    `GET ${at}/folders`,
  ),
  across(
    'update',
    'portal-document-changed-by-id',
    'a document is changed by its id alone',
    `PATCH ${paper}`,
  ),
  across(
    'update',
    'portal-changed-and-absent',
    'changing a foreign document is answered 404, after it was done',
    `PATCH ${paper}`,
  ),
  across(
    'delete',
    'portal-message-deleted-by-id',
    'a message is deleted by its id alone',
    `DELETE ${message}`,
  ),
  across(
    'delete',
    'portal-deleted-and-refused',
    'deleting a foreign document is answered 403, after it was done',
    `DELETE ${paper}`,
  ),
  across(
    'insert',
    'portal-message-into-named-workspace',
    'a message is written into the workspace of the path, whoever writes',
    `POST ${at}/messages`,
  ),
  across(
    'insert',
    'portal-folder-made-and-refused',
    'making a folder in a foreign workspace is answered 403, after it was done',
    `POST ${at}/folders`,
  ),
  fault(
    'SC-AUTHN',
    'access/anonymous-access',
    'portal-messages-without-login',
    'messages are listed without a token',
    { operation: `GET ${at}/messages` },
  ),
  fault(
    'SC-AUTHN',
    'access/anonymous-access',
    'portal-download-without-login',
    'files are given without a token',
    { operation: `GET ${paper}/download` },
  ),
  fault(
    'SC-AUTHN',
    'access/anonymous-access',
    'portal-anonymous-change-refused',
    'a document is changed without a token, although the answer is 401',
    { operation: `PATCH ${paper}` },
  ),
  fault(
    'CK-ROLES',
    'roles/role-matrix',
    'portal-members-list-invoices',
    'members list invoices, which only admins may',
    { operation: `GET ${at}/invoices` },
  ),
  fault(
    'CK-ROLES',
    'roles/role-matrix',
    'portal-members-make-invoices',
    'members make invoices, which only admins may',
    { operation: `POST ${at}/invoices` },
  ),
  fault(
    'CK-ROLES',
    'roles/role-matrix',
    'portal-members-delete-invoices',
    'members delete invoices and are answered 403',
    { operation: `DELETE ${at}/invoices/{invoiceId}` },
  ),
  fault(
    'CK-ROLES',
    'roles/self-promotion',
    'portal-anybody-gives-roles',
    'members give roles, also to themselves',
    { operation: `PATCH ${at}/people/{personId}` },
  ),
  fault(
    'SC-SESSION',
    'session/logout-invalidation',
    'portal-logout-without-denylist',
    'a token that was logged out is good until it ends by itself',
    { relation: 'logout' },
  ),
  fault(
    'SC-SESSION',
    'session/password-change-invalidation',
    'portal-password-leaves-tokens',
    'tokens from before a new password stay good',
    { relation: 'password-change' },
  ),
  fault(
    'SC-RATE',
    'limits/login-rate-limit',
    'portal-thirty-guesses',
    'thirty wrong passwords for an account are let through',
    { variant: 'one-account' },
  ),
  fault(
    'SC-RATE',
    'limits/login-rate-limit-recovery',
    'portal-limit-stops-everybody',
    'while somebody guesses passwords, signed-in people are refused too',
    { variant: 'others' },
  ),
  fault(
    'SC-INPUT',
    'input/malformed-input',
    'portal-broken-json-crashes',
    'a body that is no JSON is answered 500',
    { variant: 'broken-json' },
  ),
  {
    id: 'portal-huge-messages',
    family: 'SC-INPUT',
    title: 'a message of two megabytes is stored',
    expects: {
      check: 'input/oversized-input',
      place: { operation: `POST ${at}/messages`, variant: 'oversized-body' },
    },
    alsoExpects: [
      {
        check: 'input/oversized-input',
        place: { operation: `POST ${at}/messages`, variant: 'over-long' },
        because: 'a message without a limit takes a hundred thousand characters too',
      },
    ],
  },
  fault(
    'SC-INPUT',
    'input/persisted-invalid-input',
    'portal-null-title',
    'null is stored where the document asks for a text',
    { operation: `POST ${at}/documents` },
  ),
  fault(
    'SC-CORS-CSRF',
    'browser/security-headers',
    'portal-page-without-policy',
    'the start page sends no content security policy',
    { header: 'content-security-policy' },
  ),
];
