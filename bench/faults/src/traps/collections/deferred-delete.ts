import type { CollectionTrap } from '../trap.ts';

export const deferredDeleteTrap: CollectionTrap = {
  id: 'deferred-delete',
  family: 'SC-AUTHZ',
  collection: 'deferred-delete',
  looksLike: 'deleting a foreign object is answered 202 with a job',
  isSafeBecause: 'the job refuses: the owner still has the object',
  metWhen: [{ kind: 'crossTenant', mentions: 'DELETE /api/deferred-delete/{id}' }],
  handlers: {
    remove: ({ account, rows, id, reply }) => {
      const row = rows.own(account?.tenant ?? '', id);
      if (row !== undefined) row.deleted = true;
      return reply.code(202).send({ job: 'queued' });
    },
  },
};
