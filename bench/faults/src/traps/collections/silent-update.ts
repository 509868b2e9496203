import type { CollectionTrap } from '../trap.ts';

export const silentUpdateTrap: CollectionTrap = {
  id: 'silent-update',
  family: 'SC-AUTHZ',
  collection: 'silent-update',
  looksLike: 'changing a foreign object is answered 204',
  isSafeBecause: 'nothing changed: the statement matched no row',
  metWhen: [{ kind: 'crossTenant', mentions: 'PATCH /api/silent-update/{id}' }],
  handlers: {
    update: ({ account, rows, id, input, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (typeof input['title'] !== 'string')
        return reply.code(422).send({ error: 'title must be a string' });
      if (row !== undefined) row.fields['title'] = input['title'];
      return reply.code(204).send();
    },
  },
};
