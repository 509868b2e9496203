import { view, type CollectionTrap } from '../trap.ts';

export const redirectForForeignTrap: CollectionTrap = {
  id: 'redirect-for-foreign',
  family: 'SC-AUTHZ',
  collection: 'redirect-for-foreign',
  looksLike: 'a foreign id is answered 302',
  isSafeBecause: 'the redirect leads to the front page and holds nothing of the object',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/redirect-for-foreign/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      return row === undefined ? reply.redirect('/') : view(row);
    },
  },
};
