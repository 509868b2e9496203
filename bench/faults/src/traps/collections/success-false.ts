import { view, type CollectionTrap } from '../trap.ts';

const failed = { success: false, error: 'not possible' } as const;

export const successFalseTrap: CollectionTrap = {
  id: 'success-false',
  family: 'SC-AUTHZ',
  collection: 'success-false',
  looksLike: 'every foreign call is answered 200',
  isSafeBecause: 'the body says that it failed, and nothing was done',
  metWhen: [{ kind: 'crossTenant', mentions: 'GET /api/success-false/{id}' }],
  handlers: {
    read: ({ account, rows, id }) => {
      const row = rows.own(account?.tenant ?? '', id);
      return row === undefined ? failed : view(row);
    },
    update: ({ account, rows, id, input, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return failed;
      if (typeof input['title'] !== 'string')
        return reply.code(422).send({ error: 'title must be a string' });
      row.fields['title'] = input['title'];
      return view(row);
    },
    remove: ({ account, rows, id }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row === undefined) return failed;
      row.deleted = true;
      return { success: true };
    },
  },
};
