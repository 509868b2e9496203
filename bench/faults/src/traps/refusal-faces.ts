import type { Call, CollectionTrap } from './trap.ts';
import { view } from './trap.ts';

interface Face {
  readonly id: string;
  readonly looksLike: string;
  /** How a read of an object that is not the caller's own is answered. */
  readonly answer: (call: Call) => unknown;
}

const safe = 'nothing of the object is in the answer';

/** A collection that answers reads of foreign objects in its own way. */
const refusing = ({ id, looksLike, answer }: Face): CollectionTrap => ({
  id,
  family: 'SC-AUTHZ',
  collection: id,
  looksLike,
  isSafeBecause: safe,
  metWhen: [{ kind: 'crossTenant', mentions: `GET /api/${id}/{id}`, and: ['"verdict":"safe"'] }],
  handlers: {
    read: (call) => {
      const row = call.rows.own(call.account?.tenant ?? '', call.id);
      return row === undefined ? answer(call) : view(row);
    },
  },
});

const own = ({ account, rows }: Call): readonly Record<string, unknown>[] =>
  rows.of(account?.tenant ?? '').map(view);

/** Correct isolation with many faces: ways to refuse a foreign object that do not look like a refusal. */
export const refusalFaces: readonly CollectionTrap[] = [
  {
    id: 'empty-object-for-foreign',
    looksLike: 'a foreign id is answered 200 with an object',
    answer: ({ reply }: Call) => reply.send({}),
  },
  {
    id: 'null-for-foreign',
    looksLike: 'a foreign id is answered 200',
    answer: ({ reply }: Call) => reply.type('application/json').send('null'),
  },
  {
    id: 'empty-list-for-foreign',
    looksLike: 'a foreign id is answered 200 with a list',
    answer: ({ reply }: Call) => reply.send([]),
  },
  {
    id: 'no-content-for-foreign',
    looksLike: 'a foreign id is answered 204',
    answer: ({ reply }: Call) => reply.code(204).send(),
  },
  {
    id: 'gone-for-foreign',
    looksLike: 'a foreign object is said to have been there',
    answer: ({ reply }: Call) => reply.code(410).send({ error: 'gone' }),
  },
  {
    id: 'error-object-with-200',
    looksLike: 'a foreign id is answered 200 with data and errors',
    answer: ({ reply }: Call) => reply.send({ data: null, errors: [{ message: 'not visible to you' }] }),
  },
  {
    id: 'problem-details-for-foreign',
    looksLike: 'the refusal holds the id of the foreign object',
    answer: ({ reply, id }: Call) =>
      reply
        .code(404)
        .type('application/problem+json')
        .send(JSON.stringify({ title: 'not found', status: 404, instance: id })),
  },
  {
    id: 'xml-for-foreign',
    looksLike: 'a foreign id is answered in another format',
    answer: ({ reply }: Call) => reply.code(403).type('application/xml').send('<error>forbidden</error>'),
  },
  {
    id: 'plain-word-for-foreign',
    looksLike: 'a foreign id is answered with text',
    answer: ({ reply }: Call) => reply.code(403).type('text/plain').send('Forbidden'),
  },
  {
    id: 'page-not-found-page',
    looksLike: 'a foreign id is answered with a page',
    answer: ({ reply }: Call) =>
      reply.code(404).type('text/html').send('<!doctype html><h1>There is no such page</h1>'),
  },
  {
    id: 'page-to-ask-for-access',
    looksLike: 'a foreign id is answered 200 with a page to ask for access',
    answer: ({ reply }: Call) =>
      reply.type('text/html').send('<!doctype html><h1>Ask its owner for access</h1><button>Ask</button>'),
  },
  {
    id: 'masked-title',
    looksLike: 'a foreign id is answered with the beginning of a title and stars',
    answer: ({ reply }: Call) => reply.code(403).send({ error: 'forbidden', title: 'l***' }),
  },
  {
    id: 'owner-is-named',
    looksLike: 'the refusal says that another organisation owns the object',
    answer: ({ reply }: Call) => reply.code(403).send({ error: 'this belongs to another organisation' }),
  },
  {
    id: 'own-objects-suggested',
    looksLike: 'the refusal of a foreign object holds titles',
    answer: (call: Call) => call.reply.code(404).send({ error: 'not found', didYouMean: own(call) }),
  },
  {
    id: 'redirect-to-own-list',
    looksLike: 'a foreign id is redirected, with objects in the body',
    answer: (call: Call) =>
      call.reply
        .code(303)
        .header('location', '/')
        .send({ items: own(call) }),
  },
  {
    id: 'redirect-with-return-path',
    looksLike: 'a redirect holds the foreign id',
    answer: ({ reply, id }: Call) =>
      reply
        .code(302)
        .header('location', `/?return=${encodeURIComponent(id)}`)
        .send(),
  },
  {
    id: 'conflict-for-foreign',
    looksLike: 'a foreign id is answered 409',
    answer: ({ reply }: Call) => reply.code(409).send({ error: 'switch your organisation first' }),
  },
  {
    id: 'locked-for-foreign',
    looksLike: 'a foreign id is answered 423',
    answer: ({ reply }: Call) => reply.code(423).send({ error: 'locked' }),
  },
  {
    id: 'skeleton-for-foreign',
    looksLike: 'a foreign id is answered 200 with all fields of an object',
    answer: ({ reply, id }: Call) => reply.send({ id, title: '', note: null }),
  },
  {
    id: 'cached-by-tenant',
    looksLike: 'a foreign id is answered 304, as if it were known',
    answer: ({ reply }: Call) => reply.code(304).send(),
  },
].map(refusing);
