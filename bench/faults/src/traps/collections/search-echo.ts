import { view, type CollectionTrap } from '../trap.ts';

export const searchEchoTrap: CollectionTrap = {
  id: 'search-echo',
  family: 'SC-AUTHZ',
  collection: 'search-echo',
  looksLike: 'a search answers with the text that was looked for',
  isSafeBecause: 'the text came from the searcher; the hits are its own',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/search-echo-search' }],
  handlers: {
    search: ({ account, rows, request }) => {
      const { q = '' } = request.query as { readonly q?: string };
      const hits = rows.of(account?.tenant ?? '').filter((row) => JSON.stringify(row.fields).includes(q));
      return { query: q, items: q === '' ? [] : hits.map(view) };
    },
  },
};
