import { view, type CollectionTrap } from '../trap.ts';

export const updateWithoutEffectTrap: CollectionTrap = {
  id: 'update-without-effect',
  family: 'SC-AUTHZ',
  collection: 'update-without-effect',
  looksLike: 'changing a foreign object is answered 200',
  isSafeBecause: 'nothing changed: the owner still reads the old value',
  metWhen: [{ kind: 'crossTenant', mentions: 'PATCH /api/update-without-effect/{id}' }],
  handlers: {
    update: ({ account, rows, id, input, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return { ok: true };
      if (typeof input['title'] !== 'string')
        return reply.code(422).send({ error: 'title must be a string' });
      row.fields['title'] = input['title'];
      return view(row);
    },
  },
};
