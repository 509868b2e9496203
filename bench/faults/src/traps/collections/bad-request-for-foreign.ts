import { view, type CollectionTrap } from '../trap.ts';

export const badRequestForForeignTrap: CollectionTrap = {
  id: 'bad-request-for-foreign',
  family: 'SC-AUTHZ',
  collection: 'bad-request-for-foreign',
  looksLike: 'a foreign id is answered 400',
  isSafeBecause: 'nothing of the object is in the answer',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/bad-request-for-foreign/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      return row === undefined
        ? reply.code(400).send({ error: 'no such record in this workspace' })
        : view(row);
    },
  },
};
