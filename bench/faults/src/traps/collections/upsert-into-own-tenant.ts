import { view, type CollectionTrap } from '../trap.ts';

export const upsertIntoOwnTenantTrap: CollectionTrap = {
  id: 'upsert-into-own-tenant',
  family: 'SC-AUTHZ',
  collection: 'upsert-into-own-tenant',
  looksLike: 'PUT with a foreign id is answered 201',
  isSafeBecause: "a new object came to be in the caller's own tenant; the foreign one is untouched",
  metWhen: [{ kind: 'crossTenant', mentions: 'PUT /api/upsert-into-own-tenant' }],
  replace: ({ account, rows, id, input, reply }) => {
    if (typeof input['title'] !== 'string') return reply.code(422).send({ error: 'title must be a string' });
    const own = rows.own(account?.tenant ?? '', id);
    if (own !== undefined) {
      own.fields['title'] = input['title'];
      return view(own);
    }
    return reply
      .code(201)
      .send(view(rows.insert(account?.tenant ?? '', { title: input['title'], note: null }, id)));
  },
};
