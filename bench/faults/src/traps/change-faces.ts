import type { Row } from './store.ts';
import { view, type Call, type CollectionTrap, type Handler, type Trap } from './trap.ts';

const notFound = ({ reply }: Call): unknown => reply.code(404).send({ error: 'not found' });
const ownRow = ({ account, rows, id }: Call): Row | undefined => rows.own(account?.tenant ?? '', id);

/** Takes over the fields that an update names; false when one does not fit. */
function apply(row: Row, { input }: Call): boolean {
  for (const field of ['title', 'note']) {
    const value = input[field];
    if (value !== undefined && typeof value !== 'string') return false;
    if (value !== undefined) row.fields[field] = value;
  }
  return true;
}

const update =
  (foreign: Handler, after: (row: Row, call: Call) => unknown = view): Handler =>
  (call) => {
    const row = ownRow(call);
    if (row === undefined) return foreign(call);
    return apply(row, call) ? after(row, call) : call.reply.code(422).send({ error: 'must be text' });
  };
const remove =
  (foreign: Handler, own: (call: Call) => unknown = ({ reply }) => reply.code(204).send()): Handler =>
  (call) => {
    const row = ownRow(call);
    if (row === undefined) return foreign(call);
    row.deleted = true;
    return own(call);
  };

const changing = (
  id: string,
  method: 'PATCH' | 'DELETE',
  words: Pick<Trap, 'looksLike' | 'isSafeBecause'>,
  handlers: CollectionTrap['handlers'] = {},
): CollectionTrap => ({
  id,
  family: 'CK-TENANT',
  collection: id,
  ...words,
  metWhen: [{ kind: 'crossTenant', mentions: `${method} /api/${id}/{id}`, and: ['"verdict":"safe"'] }],
  handlers,
});

/** Changes of foreign objects that seem to be carried out, and are not. */
export const changeFaces: readonly CollectionTrap[] = [
  changing(
    'nothing-modified',
    'PATCH',
    {
      looksLike: 'changing a foreign object is answered 200',
      isSafeBecause: 'it says that it changed nothing',
    },
    { update: update(({ reply }) => reply.send({ matched: 0, modified: 0 })) },
  ),
  changing(
    'change-is-queued',
    'PATCH',
    { looksLike: 'changing a foreign object is answered 202', isSafeBecause: 'the queue drops it' },
    { update: update(({ reply }) => reply.code(202).send({ queued: true })) },
  ),
  changing(
    'draft-of-own',
    'PATCH',
    {
      looksLike: 'changing a foreign object is answered 200 with a changed object',
      isSafeBecause: 'it is a new draft of the one who asked',
    },
    {
      update: update(({ account, rows, input }) =>
        view(
          rows.insert(account?.tenant ?? '', {
            title: typeof input['title'] === 'string' ? input['title'] : 'draft',
            note: null,
          }),
        ),
      ),
    },
  ),
  changing(
    'change-redirects',
    'PATCH',
    { looksLike: 'changing a foreign object is redirected', isSafeBecause: 'nothing was changed' },
    { update: update(({ reply }) => reply.code(303).header('location', '/').send()) },
  ),
  changing(
    'page-after-change',
    'PATCH',
    {
      looksLike: 'changing a foreign object is answered 200 with a page',
      isSafeBecause: 'the page is the same shell for every path',
    },
    {
      update: update(({ reply }) => reply.type('text/html').send('<!doctype html><div id="root"></div>')),
      remove: remove(({ reply }) => reply.type('text/html').send('<!doctype html><div id="root"></div>')),
    },
  ),
  changing(
    'precondition-failed',
    'PATCH',
    { looksLike: 'changing a foreign object is answered 412', isSafeBecause: 'nothing was changed' },
    { update: update(({ reply }) => reply.code(412).send({ error: 'stale' })) },
  ),
  changing(
    'changes-answer-nothing',
    'PATCH',
    { looksLike: 'every change is answered 204, of whatever', isSafeBecause: 'foreign ones do nothing' },
    {
      update: update(
        ({ reply }) => reply.code(204).send(),
        (_row, { reply }) => reply.code(204).send(),
      ),
    },
  ),
  changing(
    'error-after-own-change',
    'PATCH',
    {
      looksLike: 'changes of one’s own objects answer an empty object',
      isSafeBecause: 'they were made, and foreign ones were not',
    },
    { update: update(notFound, () => ({})) },
  ),
  changing(
    'removal-not-allowed',
    'DELETE',
    { looksLike: 'deleting a foreign object is answered 405', isSafeBecause: 'the object stays' },
    { remove: remove(({ reply }) => reply.code(405).send({ error: 'not allowed' })) },
  ),
  changing(
    'removal-is-queued',
    'DELETE',
    { looksLike: 'deleting a foreign object is answered 202', isSafeBecause: 'the queue drops it' },
    { remove: remove(({ reply }) => reply.code(202).send({ queued: true })) },
  ),
  changing(
    'removal-counts-none',
    'DELETE',
    { looksLike: 'deleting a foreign object is answered 200', isSafeBecause: 'it counts none deleted' },
    {
      remove: remove(
        ({ reply }) => reply.send({ deleted: 0 }),
        ({ reply }) => reply.send({ deleted: 1 }),
      ),
    },
  ),
  changing(
    'removal-shows-what-was',
    'DELETE',
    {
      looksLike: 'a deletion answers with a whole object',
      isSafeBecause: 'only with the one that was deleted, to its owner',
    },
    {
      remove: (call) => {
        const row = ownRow(call);
        if (row === undefined) return notFound(call);
        row.deleted = true;
        return view(row);
      },
    },
  ),
  changing(
    'removal-redirects',
    'DELETE',
    { looksLike: 'deleting a foreign object is redirected', isSafeBecause: 'the object stays' },
    { remove: remove(({ reply }) => reply.code(303).header('location', '/').send()) },
  ),
  changing(
    'removal-of-own-only',
    'DELETE',
    {
      looksLike: 'deleting a foreign object is answered 200 with an object that is gone now',
      isSafeBecause: 'what went is the newest object of the one who asked',
    },
    {
      remove: (call) => {
        const row = ownRow(call);
        if (row === undefined) return call.reply.send({ deleted: null });
        row.deleted = true;
        return call.reply.send({ deleted: row.id });
      },
    },
  ),
];
