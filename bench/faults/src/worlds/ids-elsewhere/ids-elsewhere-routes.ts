import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';

interface Row {
  readonly tenant: string;
  readonly fields: Record<string, unknown>;
}

const words = (max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !text.includes('\0'));
const sheet = z.object({ title: words(200), body: words(2000) });
const asked = z.object({ id: z.string().default(''), jotId: z.string().default('') });
const named = z.object({ id: z.string() });
const jot = z.object({ words: words(500) });
const remark = z.object({ text: words(500) });
const renamed = jot.extend({ jotId: z.number().int() });

const absent = (reply: FastifyReply): FastifyReply => reply.code(404).send({ error: 'not found' });

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** Ids of what belongs to one account, which its login tells it. */
export const personalIds = ({ email }: Account): Personal => ({
  basketId: idOf(`basket ${email}`),
  standId: idOf(`stand ${email}`),
  userId: idOf(`user ${email}`),
});

interface Personal {
  readonly basketId: string;
  readonly standId: string;
  readonly userId: string;
}

/** Registers objects that are named in queries and bodies, and baskets and stands whose ids the login tells. */
export function registerIdsElsewhere(
  server: FastifyInstance,
  accounts: readonly Account[],
  isOn: IsOn,
  whoIs: (request: FastifyRequest) => Account | null,
): void {
  const sheets = new Map<string, Row>();
  const jots = new Map<string, Row>();
  const remarks = new Map<string, Row>();
  let count = 0;
  const serve =
    (handler: (account: Account, request: FastifyRequest, reply: FastifyReply) => unknown) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const account = whoIs(request);
      return account === null
        ? reply.code(401).send({ error: 'sign in first' })
        : handler(account, request, reply);
    };
  const parsed = <T>(schema: z.ZodType<T>, value: unknown, reply: FastifyReply): T | null => {
    const result = schema.safeParse(value);
    if (!result.success) void reply.code(422).send({ issues: result.error.issues });
    return result.success ? result.data : null;
  };
  const own = (rows: Map<string, Row>, id: string, account: Account, hole?: string): Row | undefined => {
    const row = rows.get(id);
    return row && (row.tenant === account.tenant || (hole !== undefined && isOn(hole))) ? row : undefined;
  };
  const listed = (rows: Map<string, Row>, account: Account): unknown => ({
    items: [...rows].flatMap(([id, row]) => (row.tenant === account.tenant ? [view(id, row)] : [])),
  });
  const view = (id: string, { fields }: Row): unknown => ({
    ...fields,
    id: /^\d+$/.test(id) ? Number(id) : id,
  });

  server.get(
    '/api/sheets',
    serve((account) => listed(sheets, account)),
  );
  server.post(
    '/api/sheets',
    serve((account, request, reply) => {
      const body = parsed(sheet, request.body, reply);
      if (!body) return reply;
      const id = randomUUID();
      const row = { tenant: account.tenant, fields: { ...body, pinned: false } };
      sheets.set(id, row);
      return reply.code(201).send(view(id, row));
    }),
  );
  server.get(
    '/api/sheet',
    serve((account, request, reply) => {
      const { id } = asked.parse(request.query);
      const row = own(sheets, id, account, 'sheet-read-by-query');
      return row ? view(id, row) : absent(reply);
    }),
  );
  server.patch(
    '/api/sheets',
    serve((account, request, reply) => {
      const body = parsed(sheet.partial().extend(named.shape), request.body, reply);
      if (!body) return reply;
      const { id, ...fields } = body;
      const row = own(sheets, id, account, 'sheet-changed-by-body');
      if (!row) return absent(reply);
      Object.assign(row.fields, fields);
      return view(id, row);
    }),
  );
  server.delete(
    '/api/sheets',
    serve((account, request, reply) => {
      const { id } = asked.parse(request.query);
      if (!own(sheets, id, account, 'sheet-deleted-by-query')) return absent(reply);
      sheets.delete(id);
      return reply.code(204).send();
    }),
  );
  server.post(
    '/api/sheets/pin',
    serve((account, request, reply) => {
      const body = parsed(named, request.body, reply);
      if (!body) return reply;
      const row = own(sheets, body.id, account, 'sheet-pinned-by-body');
      if (row) row.fields['pinned'] = true;
      return { id: body.id, ok: true };
    }),
  );

  const addJot = (account: Account, text: string): unknown => {
    count += 1;
    const row = { tenant: account.tenant, fields: { words: text } };
    jots.set(String(count), row);
    return view(String(count), row);
  };
  server.get(
    '/api/jots',
    serve((account) => listed(jots, account)),
  );
  server.post(
    '/api/jots',
    serve((account, request, reply) => {
      const body = parsed(jot, request.body, reply);
      return body ? reply.code(201).send(addJot(account, body.words)) : reply;
    }),
  );
  server.post(
    '/api/jots/rename',
    serve((account, request, reply) => {
      const body = parsed(renamed, request.body, reply);
      if (!body) return reply;
      const id = String(body.jotId);
      const row = own(jots, id, account, 'jot-renamed-by-body');
      // What is not there is written down afresh.
      if (!row) return addJot(account, body.words);
      row.fields['words'] = body.words;
      return view(id, row);
    }),
  );
  server.delete(
    '/api/jots',
    serve((account, request, reply) => {
      const { jotId } = asked.parse(request.query);
      if (!own(jots, jotId, account)) return absent(reply);
      jots.delete(jotId);
      return reply.code(204).send();
    }),
  );

  server.delete(
    '/api/jots/:id',
    serve((account, request, reply) => {
      const { id } = asked.parse(request.params);
      if (!own(jots, id, account, 'jot-thrown-away-by-anybody')) return absent(reply);
      jots.delete(id);
      return reply.code(204).send();
    }),
  );

  server.get(
    '/api/jots/:jotId/remarks',
    serve((account, request, reply) => {
      const { jotId } = asked.parse(request.params);
      if (!own(jots, jotId, account)) return absent(reply);
      return {
        items: [...remarks].flatMap(([id, row]) => (row.fields['jotId'] === jotId ? [view(id, row)] : [])),
      };
    }),
  );
  server.put(
    '/api/jots/:jotId/remarks',
    serve((account, request, reply) => {
      const { jotId } = asked.parse(request.params);
      if (!own(jots, jotId, account)) return absent(reply);
      const body = parsed(remark, request.body, reply);
      if (!body) return reply;
      const id = randomUUID();
      const row = { tenant: account.tenant, fields: { ...body, jotId } };
      remarks.set(id, row);
      return reply.code(201).send(view(id, row));
    }),
  );
  server.patch(
    '/api/jots/remarks',
    serve((account, request, reply) => {
      const body = parsed(remark.extend(named.shape), request.body, reply);
      if (!body) return reply;
      const row = own(remarks, body.id, account, 'remark-changed-by-body');
      if (!row) return absent(reply);
      row.fields['text'] = body.text;
      return view(body.id, row);
    }),
  );

  const openedAt = (account: Account): string =>
    new Date(1_760_000_000_123 + 86_400_017 * accounts.indexOf(account)).toISOString();
  const ownerOf = (key: 'basketId' | 'standId', id: string): Account | undefined =>
    accounts.find((account) => personalIds(account)[key] === id);
  server.get(
    '/api/baskets/:id',
    serve((account, request, reply) => {
      const { id } = asked.parse(request.params);
      const owner = ownerOf('basketId', id);
      if (!owner || (owner !== account && !isOn('basket-of-anybody'))) return absent(reply);
      return { id, userId: personalIds(owner).userId, coupon: null, openedAt: openedAt(owner), lines: [] };
    }),
  );
  server.get(
    '/api/stands/:id',
    serve((_account, request, reply) => {
      const { id } = asked.parse(request.params);
      const owner = ownerOf('standId', id);
      if (!owner) return absent(reply);
      return { id, userId: personalIds(owner).userId, openedAt: openedAt(owner), shown: [] };
    }),
  );
}
