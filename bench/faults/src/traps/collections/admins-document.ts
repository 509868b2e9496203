import type { CollectionTrap } from '../trap.ts';

export const adminsDocumentTrap: CollectionTrap = {
  id: 'document-by-role',
  family: 'SC-AUTHZ',
  collection: 'admins-document',
  inDocumentOf: 'admin',
  looksLike: 'routes exist that the document shows to some people only',
  isSafeBecause: 'the document is written for its reader; the routes are scoped to the tenant all the same',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/admins-document/{id}' }],
};
