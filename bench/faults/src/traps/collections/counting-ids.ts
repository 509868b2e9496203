import type { CollectionTrap } from '../trap.ts';

export const countingIdsTrap: CollectionTrap = {
  id: 'counting-ids',
  family: 'SC-AUTHZ',
  collection: 'counting-ids',
  looksLike: 'ids count up and can be guessed',
  isSafeBecause: 'every guess of a foreign id is refused',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/counting-ids/{id}' }],
  ids: 'number',
};
