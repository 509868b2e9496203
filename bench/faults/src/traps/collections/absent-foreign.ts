import type { CollectionTrap } from '../trap.ts';

export const absentForeignTrap: CollectionTrap = {
  id: 'absent-foreign',
  family: 'SC-AUTHZ',
  collection: 'absent-foreign',
  looksLike: 'the plain case: a foreign id is answered 404',
  isSafeBecause: 'every query is scoped to the tenant',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/absent-foreign/{id}' }],
};
