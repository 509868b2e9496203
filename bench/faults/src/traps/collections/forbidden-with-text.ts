import { view, type CollectionTrap } from '../trap.ts';

export const forbiddenWithTextTrap: CollectionTrap = {
  id: 'forbidden-with-text',
  family: 'SC-AUTHZ',
  collection: 'forbidden-with-text',
  looksLike: 'a foreign id is answered 403 with a sentence, so existence shows',
  isSafeBecause: 'nothing of the object is in the answer',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/forbidden-with-text/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const row = rows.any(id);
      if (row === undefined) return reply.code(404).send({ error: 'not found' });
      if (row.tenant !== account?.tenant)
        return reply.code(403).send({ error: 'this belongs to another workspace' });
      return view(row);
    },
  },
};
