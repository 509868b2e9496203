import { view, type CollectionTrap } from '../trap.ts';

export const ownDataWhateverIdTrap: CollectionTrap = {
  id: 'own-data-whatever-id',
  family: 'SC-AUTHZ',
  collection: 'own-data-whatever-id',
  looksLike: 'any id is answered 200 with a full object',
  isSafeBecause: "it is the caller's own object: the id is ignored",
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/own-data-whatever-id/{id}' }],
  handlers: {
    read: ({ account, rows, id, reply }) => {
      const own = rows.own(account?.tenant ?? '', id) ?? rows.of(account?.tenant ?? '').at(-1);
      return own === undefined ? reply.code(404).send({ error: 'not found' }) : view(own);
    },
  },
};
