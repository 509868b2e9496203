import { view, type CollectionTrap } from '../trap.ts';

export const echoWithoutSavingTrap: CollectionTrap = {
  id: 'echo-without-saving',
  family: 'SC-AUTHZ',
  collection: 'echo-without-saving',
  looksLike: 'changing a foreign object answers with the changed object',
  isSafeBecause: 'the answer repeats the input, and nothing was saved',
  metWhen: [{ kind: 'crossTenant', mentions: 'PATCH /api/echo-without-saving/{id}' }],
  handlers: {
    update: ({ account, rows, id, input, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return { ...input, id };
      if (typeof input['title'] !== 'string')
        return reply.code(422).send({ error: 'title must be a string' });
      row.fields['title'] = input['title'];
      return view(row);
    },
  },
};
