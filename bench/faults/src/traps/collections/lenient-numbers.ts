import { view, type CollectionTrap } from '../trap.ts';

export const lenientNumbersTrap: CollectionTrap = {
  id: 'lenient-numbers',
  family: 'SC-INPUT',
  collection: 'lenient-numbers',
  looksLike: 'a number is accepted where the document says string',
  isSafeBecause: 'it is turned into the string it stands for',
  metWhen: [{ kind: 'inputHandling', mentions: 'POST /api/lenient-numbers' }],
  handlers: {
    create: ({ account, rows, input, reply }) => {
      const title = typeof input['title'] === 'number' ? String(input['title']) : input['title'];
      if (typeof title !== 'string' || title.length > 200)
        return reply.code(422).send({ error: 'title must be a string' });
      return reply.code(201).send(view(rows.insert(account?.tenant ?? '', { title, note: null })));
    },
  },
};
