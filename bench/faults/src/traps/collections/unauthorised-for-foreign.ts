import { view, type CollectionTrap } from '../trap.ts';

export const unauthorisedForForeignTrap: CollectionTrap = {
  id: 'unauthorised-for-foreign',
  family: 'SC-AUTHZ',
  collection: 'unauthorised-for-foreign',
  looksLike: 'a foreign id is answered 401 although the session is good',
  isSafeBecause: 'nothing of the object is in the answer, and the session lives on',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/unauthorised-for-foreign/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      return row === undefined ? reply.code(401).send({ error: 'not authorised' }) : view(row);
    },
  },
};
