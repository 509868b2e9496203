import { view, type CollectionTrap } from '../trap.ts';

export const shortPagesTrap: CollectionTrap = {
  id: 'short-pages',
  family: 'SC-AUTHZ',
  collection: 'short-pages',
  looksLike: "the owner's own object is not in the first page of its list",
  isSafeBecause: 'lists show two objects a page, the oldest first',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/short-pages' }],
  handlers: {
    list: ({ account, rows }) => ({
      items: rows
        .of(account?.tenant ?? '')
        .slice(0, 2)
        .map(view),
      next: 'page-2',
    }),
  },
};
