import { view, type CollectionTrap } from '../trap.ts';

export const softDeleteTrap: CollectionTrap = {
  id: 'soft-delete',
  family: 'SC-AUTHZ',
  collection: 'soft-delete',
  looksLike: 'a deleted object still answers 200',
  isSafeBecause: 'to its owner only, with nothing but the note that it is deleted',
  metWhen: [{ kind: 'crossTenant', mentions: 'DELETE /api/soft-delete/{id}' }],
  handlers: {
    list: ({ account, rows }) => ({
      items: rows
        .of(account?.tenant ?? '')
        .filter((row) => row.fields['deleted'] !== true)
        .map(view),
    }),
    read: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return reply.code(404).send({ error: 'not found' });
      return row.fields['deleted'] === true ? { id, deleted: true } : view(row);
    },
    remove: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return reply.code(404).send({ error: 'not found' });
      row.fields = { deleted: true };
      return reply.code(204).send();
    },
  },
};
