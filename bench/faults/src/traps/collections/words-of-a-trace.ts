import { view, type CollectionTrap } from '../trap.ts';

export const wordsOfATraceTrap: CollectionTrap = {
  id: 'words-of-a-trace',
  family: 'SC-INPUT',
  collection: 'words-of-a-trace',
  looksLike: 'the refusal speaks of a stack, a line and a path',
  isSafeBecause: 'it is a sentence for people, and the path is the one that was asked for',
  metWhen: [{ kind: 'inputHandling', mentions: 'POST /api/words-of-a-trace' }],
  handlers: {
    create: ({ account, rows, input, request, reply }) => {
      if (typeof input['title'] !== 'string' || input['title'].length > 200)
        return reply.code(400).send({
          error: `the stack of papers at line 1 of ${request.url} has no usable title (error at field title)`,
        });
      return reply
        .code(201)
        .send(view(rows.insert(account?.tenant ?? '', { title: input['title'], note: null })));
    },
  },
};
