import { view, type CollectionTrap } from '../trap.ts';

const shell = '<!doctype html><title>App</title><div id="root"></div><script src="/app.js"></script>';

export const singlePageShellTrap: CollectionTrap = {
  id: 'single-page-shell',
  family: 'SC-AUTHZ',
  collection: 'single-page-app',
  looksLike: 'a foreign id is answered 200 with a page',
  isSafeBecause: 'the page is the same shell for every path',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/single-page-app/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      return row === undefined ? reply.type('text/html').send(shell) : view(row);
    },
    remove: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return reply.type('text/html').send(shell);
      row.deleted = true;
      return reply.code(204).send();
    },
  },
};
