import { view, type CollectionTrap } from '../trap.ts';

export const publicByDesignTrap: CollectionTrap = {
  id: 'public-by-design',
  family: 'SC-AUTHZ',
  collection: 'public-by-design',
  looksLike: 'everybody, signed in or not, reads every object',
  isSafeBecause: 'the document declares it open, and anonymous readers get the same',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/public-by-design/{id}' }],
  publicOperations: ['list', 'read'],
  handlers: {
    list: ({ rows }) => ({ items: rows.all.map(view) }),
    read: ({ rows, id, reply }) => {
      const row = rows.any(id);
      return row === undefined ? reply.code(404).send({ error: 'not found' }) : view(row);
    },
  },
};
