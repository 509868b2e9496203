import { view, type CollectionTrap } from '../trap.ts';

export const globalCountTrap: CollectionTrap = {
  id: 'global-count',
  family: 'SC-AUTHZ',
  collection: 'global-count',
  looksLike: 'the list tells how many objects all tenants have',
  isSafeBecause: 'a number is not content',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/global-count' }],
  handlers: {
    list: ({ account, rows }) => ({
      items: rows.of(account?.tenant ?? '').map(view),
      total: rows.all.length,
    }),
  },
};
