import type { CollectionTrap } from '../trap.ts';

export const silentDeleteTrap: CollectionTrap = {
  id: 'silent-delete',
  family: 'SC-AUTHZ',
  collection: 'silent-delete',
  looksLike: 'deleting a foreign object is answered 204',
  isSafeBecause: 'nothing was deleted: the statement matched no row',
  metWhen: [{ kind: 'crossTenant', mentions: 'DELETE /api/silent-delete/{id}' }],
  handlers: {
    remove: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row !== undefined) row.deleted = true;
      return reply.code(204).send();
    },
  },
};
