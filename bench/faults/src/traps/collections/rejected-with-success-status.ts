import { view, type CollectionTrap } from '../trap.ts';

const failed = { success: false, error: 'not possible' } as const;

export const rejectedWithSuccessStatusTrap: CollectionTrap = {
  id: 'rejected-with-success-status',
  family: 'SC-INPUT',
  collection: 'rejected-with-success-status',
  looksLike: 'bad input is answered 200',
  isSafeBecause: 'the body says that it was refused, and nothing was kept',
  metWhen: [{ kind: 'inputHandling', mentions: 'POST /api/rejected-with-success-status' }],
  handlers: {
    create: ({ account, rows, input, reply }) => {
      if (typeof input['title'] !== 'string' || input['title'].length > 200) return failed;
      return reply
        .code(201)
        .send(view(rows.insert(account?.tenant ?? '', { title: input['title'], note: null })));
    },
  },
};
