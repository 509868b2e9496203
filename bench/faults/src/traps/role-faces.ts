import { view, type Call, type CollectionRoute, type CollectionTrap, type Handler } from './trap.ts';

const methods = {
  list: 'GET',
  read: 'GET',
  create: 'POST',
  update: 'PATCH',
  remove: 'DELETE',
  search: 'GET',
} as const;

/** A collection that refuses members something in its own way; the document reserves it to admins. */
function reserved(
  id: string,
  route: Exclude<CollectionRoute, 'search'>,
  words: Pick<CollectionTrap, 'looksLike' | 'isSafeBecause'>,
  towardsMembers: Handler,
  towardsAdmins: Handler,
): CollectionTrap {
  const path = route === 'list' || route === 'create' ? `/api/${id}` : `/api/${id}/{id}`;
  return {
    id,
    family: 'CK-ROLES',
    collection: id,
    ...words,
    metWhen: [{ kind: 'roleMatrix', mentions: `${methods[route]} ${path}`, and: ['"observed":"denied"'] }],
    adminsOnly: [route],
    handlers: {
      [route]: (call: Call) => (call.account?.role === 'admin' ? towardsAdmins : towardsMembers)(call),
    },
  };
}

const absent = ({ reply }: Call): unknown => reply.code(404).send({ error: 'not found' });
const listOwn: Handler = ({ account, rows }) => ({ items: rows.of(account?.tenant ?? '').map(view) });
const removeOwn: Handler = (call) => {
  const row = call.rows.own(call.account?.tenant ?? '', call.id);
  if (row === undefined) return absent(call);
  row.deleted = true;
  return call.reply.code(204).send();
};
const changeOwn: Handler = (call) => {
  const row = call.rows.own(call.account?.tenant ?? '', call.id);
  if (row === undefined) return absent(call);
  if (typeof call.input['title'] === 'string') row.fields['title'] = call.input['title'];
  return view(row);
};

/** Members that are refused what admins may, in ways that look as if they were not. */
export const roleFaces: readonly CollectionTrap[] = [
  reserved(
    'members-delete-in-vain',
    'remove',
    { looksLike: 'a member’s deletion is answered 204', isSafeBecause: 'the object stays' },
    ({ reply }) => reply.code(204).send(),
    removeOwn,
  ),
  reserved(
    'members-change-in-vain',
    'update',
    { looksLike: 'a member’s change is answered 200', isSafeBecause: 'nothing is changed' },
    ({ reply }) => reply.send({ ok: true }),
    changeOwn,
  ),
  reserved(
    'members-list-nothing',
    'list',
    { looksLike: 'a member’s list is answered 200', isSafeBecause: 'it is empty for members' },
    ({ reply }) => reply.send({ items: [] }),
    listOwn,
  ),
  reserved(
    'members-are-told-no-with-200',
    'remove',
    {
      looksLike: 'a member’s deletion is answered 200',
      isSafeBecause: 'the body says no, and the object stays',
    },
    ({ reply }) => reply.send({ success: false, error: 'admins only' }),
    removeOwn,
  ),
];
