import { view, type CollectionTrap } from '../trap.ts';

export const echoingNotFoundTrap: CollectionTrap = {
  id: 'echoing-not-found',
  family: 'SC-AUTHZ',
  collection: 'echoing-not-found',
  looksLike: 'the refusal holds text that the attacker had sent',
  isSafeBecause: 'the text came from the attacker, not from the object',
  metWhen: [{ kind: 'crossTenant', mentions: 'PATCH /api/echoing-not-found/{id}' }],
  handlers: {
    update: ({ account, rows, id, input, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined)
        return reply.code(404).send({ error: `no record ${id} to set to ${JSON.stringify(input)}` });
      if (typeof input['title'] !== 'string')
        return reply.code(422).send({ error: 'title must be a string' });
      row.fields['title'] = input['title'];
      return view(row);
    },
  },
};
