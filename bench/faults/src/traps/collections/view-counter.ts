import { view, type CollectionTrap } from '../trap.ts';

export const viewCounterTrap: CollectionTrap = {
  id: 'view-counter',
  family: 'SC-AUTHZ',
  collection: 'view-counter',
  looksLike: 'the owner sees the object change after every foreign attempt',
  isSafeBecause: 'a counter and a time move at each read; nobody else wrote',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/view-counter/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return reply.code(404).send({ error: 'not found' });
      row.views += 1;
      return { ...view(row), views: row.views, readAt: new Date().toISOString() };
    },
  },
};
