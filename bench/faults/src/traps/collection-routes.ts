import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Rows, type Account } from './store.ts';
import { view, type Call, type CollectionTrap, type Handler } from './trap.ts';

const notFound = (reply: FastifyReply): unknown => reply.code(404).send({ error: 'not found' });

const strict: Required<NonNullable<CollectionTrap['handlers']>> = {
  list: ({ account, rows }) => ({ items: rows.of(account?.tenant ?? '').map(view) }),
  read: ({ account, rows, id, reply }) => {
    const row = rows.own(account?.tenant ?? '', id);
    return row === undefined ? notFound(reply) : view(row);
  },
  create: ({ account, rows, input, reply }) => {
    if (typeof input['title'] !== 'string' || input['title'].length > 200)
      return reply
        .code(422)
        .send({ errors: [{ path: 'title', message: 'expected a string of at most 200 characters' }] });
    if (input['note'] !== undefined && (typeof input['note'] !== 'string' || input['note'].length > 2000))
      return reply
        .code(422)
        .send({ errors: [{ path: 'note', message: 'expected a string of at most 2000 characters' }] });
    return reply
      .code(201)
      .send(view(rows.insert(account?.tenant ?? '', { title: input['title'], note: input['note'] ?? null })));
  },
  update: ({ account, rows, id, input, reply }) => {
    const row = rows.own(account?.tenant ?? '', id);
    if (row === undefined) return notFound(reply);
    for (const field of ['title', 'note']) {
      const value = input[field];
      if (value === undefined) continue;
      if (typeof value !== 'string' || value.length > 2000)
        return reply.code(422).send({ errors: [{ path: field, message: 'expected a string' }] });
      row.fields[field] = value;
    }
    return view(row);
  },
  remove: ({ account, rows, id, reply }) => {
    const row = rows.own(account?.tenant ?? '', id);
    if (row === undefined) return notFound(reply);
    row.deleted = true;
    return reply.code(204).send();
  },
  search: ({ account, rows, request }) => {
    const { q } = request.query as { readonly q?: string };
    const hits = rows.of(account?.tenant ?? '').filter((row) => JSON.stringify(row.fields).includes(q ?? ''));
    return { query: q ?? '', items: hits.map(view) };
  },
};

/** Whether no handler should see this: a text with a NUL character, or, in an update, one that is too long. */
const unfit = (name: string, input: object): boolean =>
  Object.values(input).some((value) => typeof value === 'string' && value.includes('\0')) ||
  (name !== 'create' &&
    Object.entries(input).some(
      ([field, value]) => typeof value === 'string' && value.length > (field === 'title' ? 200 : 2000),
    ));

/** Registers the routes of a collection. `whoIs` resolves the caller, or null for nobody. */
export function registerCollection(
  server: FastifyInstance,
  trap: CollectionTrap,
  whoIs: (request: FastifyRequest) => Account | null,
): void {
  const rows = new Rows(trap.ids);
  const base = `/api/${trap.collection}`;
  const open = new Set<string>(trap.publicOperations);
  const serve = (name: string, handler: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const account = whoIs(request);
    if (account === null && !open.has(name) && trap.nobody === undefined)
      return reply.code(401).send({ error: 'sign in first' });
    const { id = '' } = request.params as { readonly id?: string };
    const input =
      typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body)
        ? request.body
        : {};
    if (unfit(name, input))
      return reply.code(422).send({ errors: [{ path: 'body', message: 'a text is too long or not text' }] });
    const call: Call = { account, rows, id, input: { ...input }, request, reply };
    return account === null && !open.has(name) && trap.nobody !== undefined
      ? trap.nobody(call)
      : handler(call);
  };
  const handlers = { ...strict, ...trap.handlers };
  server.get(base, serve('list', handlers.list));
  server.post(base, serve('create', handlers.create));
  server.get(`${base}/:id`, serve('read', handlers.read));
  server.patch(`${base}/:id`, serve('update', handlers.update));
  server.delete(`${base}/:id`, serve('remove', handlers.remove));
  if (trap.replace !== undefined) server.put(`${base}/:id`, serve('replace', trap.replace));
  if (trap.handlers?.search !== undefined) server.get(`${base}-search`, serve('search', handlers.search));
}
