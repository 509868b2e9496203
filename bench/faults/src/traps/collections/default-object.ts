import { view, type CollectionTrap } from '../trap.ts';

export const defaultObjectTrap: CollectionTrap = {
  id: 'default-object',
  family: 'SC-AUTHZ',
  collection: 'default-object',
  looksLike: 'any id is answered 200 with an object of the right shape',
  isSafeBecause: 'it is an empty default, the same for every unknown id',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/default-object/{id}' }],
  handlers: {
    read: ({ account, rows, id }) => {
      const row = rows.own(account?.tenant ?? '', id);
      return row === undefined ? { id, title: 'Untitled', note: null } : view(row);
    },
  },
};
