import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';
import { oneWayHole, type Deed } from './one-way-holes.ts';

interface Row {
  readonly id: string;
  readonly number: number;
  tenant: string;
  deleted?: boolean;
  fields: Record<string, unknown>;
}

const params = z.object({ id: z.string().default(''), tenant: z.string().default('') });
const absent = (reply: FastifyReply): FastifyReply => reply.code(404).send({ error: 'not found' });
const unfit = (reply: FastifyReply, path: string): FastifyReply =>
  reply.code(422).send({ errors: [{ path, message: 'expected a string that fits' }] });

interface Asked {
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly id: string;
}

/** Registers ordinary kinds of object, each with a corner that guards often forget. */
export function registerCorners(
  server: FastifyInstance,
  accounts: readonly Account[],
  isOn: IsOn,
  whoIs: (request: FastifyRequest) => Account | null,
): void {
  let count = 0;
  const store = (): Map<string, Row> => new Map();
  const [cards, boards, entries, papers, assets, pages] = [
    store(),
    store(),
    store(),
    store(),
    store(),
    store(),
  ];
  const serve =
    (handler: (asked: Asked) => unknown) => async (request: FastifyRequest, reply: FastifyReply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      if (JSON.stringify(request.body ?? null).includes(String.raw`\u0000`)) return unfit(reply, 'body');
      return handler({ account, request, reply, id: params.parse(request.params).id });
    };
  const own = (rows: Map<string, Row>, { account, id }: Asked, deed?: Deed): Row | undefined => {
    const row = rows.get(id);
    const isOpen = deed !== undefined && oneWayHole(isOn, account, deed);
    return row && row.deleted !== true && (row.tenant === account.tenant || isOpen) ? row : undefined;
  };
  const of = (rows: Map<string, Row>, tenant: string): readonly Row[] =>
    [...rows.values()].filter((row) => row.tenant === tenant && row.deleted !== true);
  const plain = ({ id, tenant, fields }: Row): Record<string, unknown> => ({
    id,
    tenantId: tenant,
    ...fields,
  });
  const textsIn = (body: unknown, names: readonly string[]): Record<string, unknown> | string => {
    const given = z.record(z.string(), z.unknown()).safeParse(body).data ?? {};
    const bad = names.find((name) => {
      const value = given[name];
      return typeof value !== 'string' || value === '' || value.length > 2000;
    });
    return bad ?? Object.fromEntries(names.map((name) => [name, given[name]]));
  };
  const keep = (
    rows: Map<string, Row>,
    tenant: string,
    fields: Record<string, unknown>,
    id: (number: number) => string = () => randomUUID(),
  ): Row => {
    count += 1;
    const row: Row = { id: id(count), number: count, tenant, fields };
    rows.set(row.id, row);
    return row;
  };
  /** The ordinary routes of a kind. */
  const kind = (
    path: string,
    rows: Map<string, Row>,
    names: readonly string[],
    options: {
      readonly list?: (asked: Asked) => unknown;
      readonly find?: (asked: Asked) => Row | undefined;
      readonly id?: (asked: Asked) => (number: number) => string;
    } = {},
  ): void => {
    server.get(
      path,
      serve(options.list ?? (({ account }) => ({ items: of(rows, account.tenant).map(plain) }))),
    );
    server.post(
      path,
      serve((asked) => {
        const fields = textsIn(asked.request.body, names);
        if (typeof fields === 'string') return unfit(asked.reply, fields);
        return asked.reply
          .code(201)
          .send(plain(keep(rows, asked.account.tenant, fields, options.id?.(asked))));
      }),
    );
    server.get(
      `${path}/:id`,
      serve((asked) => {
        const row = (options.find ?? ((one) => own(rows, one)))(asked);
        return row ? plain(row) : absent(asked.reply);
      }),
    );
    server.delete(
      `${path}/:id`,
      serve((asked) => {
        const row = own(rows, asked);
        if (!row) return absent(asked.reply);
        row.deleted = true;
        return asked.reply.code(204).send();
      }),
    );
  };

  /* Cards: the ordinary kind, with holes in one direction, a cache, a format and a header. */
  const boardOf = (row: Row, isOpen: boolean): Record<string, unknown> | null => {
    const named = row.fields['boardId'];
    const board = boards.get(String(named));
    const isSlack = Array.isArray(named) && isOn('corner-list-for-one');
    return board && (board.tenant === row.tenant || isOpen || isSlack) ? plain(board) : null;
  };
  const cardView = (row: Row, include: boolean): Record<string, unknown> => {
    const board = boardOf(row, include && isOn('corner-include-of-any-tenant'));
    const { boardId, ...fields } = plain(row);
    return {
      ...fields,
      ...(boardId === undefined ? {} : { boardId }),
      ...(board && (include || Array.isArray(boardId)) ? { board } : {}),
    };
  };
  const cached = new Map<string, { readonly at: number; readonly answer: unknown }>();
  server.get(
    '/api/cards',
    serve((asked) => {
      const { account, request, reply } = asked;
      const host = request.headers['x-forwarded-host'];
      const byHost = typeof host === 'string' ? host.split('.')[0] : undefined;
      const tenant = isOn('corner-forwarded-host') && byHost !== undefined ? byHost : account.tenant;
      const all = [...cards.values()].filter(({ deleted }) => deleted !== true);
      if (/text\/csv/.test(request.headers.accept ?? ''))
        return reply
          .type('text/csv')
          .send(
            (isOn('corner-csv-of-all') ? all : of(cards, tenant))
              .map(({ id, fields }) => `${id},${String(fields['title'])}`)
              .join('\n'),
          );
      const rows = oneWayHole(isOn, account, 'list') ? all : of(cards, tenant);
      return { items: rows.map((row) => cardView(row, false)) };
    }),
  );
  server.post(
    '/api/cards',
    serve(({ account, request, reply }) => {
      const fields = textsIn(request.body, ['title', 'body']);
      if (typeof fields === 'string') return unfit(reply, fields);
      const more = z
        .object({ boardId: z.unknown().optional(), tenantId: z.string().optional() })
        .parse(request.body);
      const { boardId } = more;
      if (boardId !== undefined && typeof boardId !== 'string' && !Array.isArray(boardId))
        return unfit(reply, 'boardId');
      const tenant = oneWayHole(isOn, account, 'insert') ? (more.tenantId ?? account.tenant) : account.tenant;
      const row = keep(cards, tenant, {
        ...fields,
        ...(boardId === undefined ? {} : { boardId }),
        pinned: false,
      });
      return reply.code(201).send(cardView(row, false));
    }),
  );
  server.get(
    '/api/cards/:id',
    serve((asked) => {
      const { account, id, request, reply } = asked;
      const known = cached.get(id);
      if (isOn('corner-cache-without-tenant') && known && Date.now() - known.at < 400) return known.answer;
      const row = own(cards, asked, 'read');
      const other = cards.get(id);
      if (!row && other && isOn('corner-title-in-header'))
        return absent(reply.header('x-resource', encodeURIComponent(String(other.fields['title']))));
      if (!row) return absent(reply);
      const { include } = z.object({ include: z.string().optional() }).parse(request.query);
      const answer = cardView(row, include?.includes('board') === true);
      if (row.tenant === account.tenant) cached.set(id, { at: Date.now(), answer });
      return answer;
    }),
  );
  server.put(
    '/api/cards/:id',
    serve((asked) => {
      const { account, id, request, reply } = asked;
      const row = own(cards, asked, 'update');
      const fields = textsIn(request.body, ['title', 'body']);
      if (typeof fields === 'string') return row ? unfit(reply, fields) : absent(reply);
      const other = cards.get(id);
      if (!row && other && isOn('corner-put-takes-over')) other.tenant = account.tenant;
      const found = row ?? (other?.tenant === account.tenant ? other : undefined);
      if (!found) return absent(reply);
      Object.assign(found.fields, fields);
      cached.delete(id);
      return cardView(found, false);
    }),
  );
  server.delete(
    '/api/cards/:id',
    serve((asked) => {
      const row = own(cards, asked, 'delete');
      if (!row) return absent(asked.reply);
      row.deleted = true;
      cached.delete(row.id);
      return asked.reply.code(204).send();
    }),
  );
  server.post(
    '/api/cards/:id/pin',
    serve((asked) => {
      const row = own(cards, asked, 'act');
      if (!row) return absent(asked.reply);
      row.fields['pinned'] = true;
      cached.delete(row.id);
      return asked.reply.code(204).send();
    }),
  );
  kind('/api/boards', boards, ['name', 'purpose']);

  /* Entries: pages of two; a cursor is the number of the last row. */
  kind('/api/entries', entries, ['subject', 'text'], {
    list: ({ account, request }) => {
      const { cursor } = z.object({ cursor: z.string().optional() }).parse(request.query);
      const last = Number(cursor ?? 0);
      const all = [...entries.values()].filter(({ deleted }) => deleted !== true);
      const isOpen = cursor !== undefined && isOn('corner-second-page');
      const rows = (isOpen ? all : of(entries, account.tenant))
        .filter(({ number }) => number > last)
        .slice(0, 2);
      return {
        items: rows.map(plain),
        nextCursor: rows.length === 2 ? String(rows.at(-1)?.number ?? '') : null,
      };
    },
  });

  /* Papers: deleting one only puts it into the trash. */
  server.get(
    '/api/papers/trash',
    serve(({ account }) => ({
      items: [...papers.values()]
        .filter(
          ({ deleted, tenant }) =>
            deleted === true && (tenant === account.tenant || isOn('corner-trash-of-all')),
        )
        .map(plain),
    })),
  );
  kind('/api/papers', papers, ['headline', 'text']);

  /* Assets: an id is the tenant and a number. */
  kind('/api/assets', assets, ['label', 'notes'], {
    id:
      ({ account }) =>
      (number) =>
        `${account.tenant}:${number}`,
    find: (asked) => {
      const [prefix, number] = asked.id.split(':');
      if (!isOn('corner-number-behind-tenant')) return own(assets, asked);
      if (prefix !== asked.account.tenant) return undefined;
      return [...assets.values()].find((row) => String(row.number) === number && row.deleted !== true);
    },
  });

  /* Pages: their names are chosen, and both tenants may choose the same. */
  const pageOf = (tenant: string, slug: string): Row | undefined =>
    [...pages.values()].find(
      (row) => row.fields['slug'] === slug && row.tenant === tenant && row.deleted !== true,
    );
  server.get(
    '/api/pages',
    serve(({ account }) => ({ items: of(pages, account.tenant).map(plain) })),
  );
  server.post(
    '/api/pages',
    serve(({ account, request, reply }) => {
      const fields = textsIn(request.body, ['slug', 'content']);
      if (typeof fields === 'string') return unfit(reply, fields);
      const slug = String(fields['slug']);
      if (!/^[a-z0-9-]{3,60}$/.test(slug)) return unfit(reply, 'slug');
      const there = isOn('corner-slug-overwrites')
        ? [...pages.values()].find((row) => row.fields['slug'] === slug && row.deleted !== true)
        : undefined;
      if (there) {
        there.fields = fields;
        return reply.code(201).send(plain(there));
      }
      if (pageOf(account.tenant, slug)) return reply.code(409).send({ error: 'there is one of that name' });
      return reply.code(201).send(plain(keep(pages, account.tenant, fields)));
    }),
  );
  server.get(
    '/api/pages/:id',
    serve(({ account, id, reply }) => {
      const row = pageOf(account.tenant, id);
      return row ? plain(row) : absent(reply);
    }),
  );
  server.delete(
    '/api/pages/:id',
    serve(({ account, id, reply }) => {
      const row = pageOf(account.tenant, id);
      if (!row) return absent(reply);
      row.deleted = true;
      return reply.code(204).send();
    }),
  );

  const people = accounts.map(({ email, tenant, role }) => ({
    id: `p-${tenant}-${role}-2207`,
    email,
    role,
    tenant,
  }));
  server.get(
    '/api/tenants/:tenant/members',
    serve(({ account }) => ({ items: people.filter(({ tenant }) => tenant === account.tenant) })),
  );
  server.get(
    '/api/tenants/:tenant/members/:id',
    serve(({ account, id, reply }) => {
      const found = people.find((one) => one.id === id && one.tenant === account.tenant);
      return found ?? absent(reply);
    }),
  );
  server.patch(
    '/api/tenants/:tenant/members/:id',
    serve(({ account, id, request, reply }) => {
      if (account.role !== 'admin') return reply.code(403).send({ error: 'admins only' });
      const isOpen = isOn('corner-member-of-any-tenant');
      const found = people.find((one) => one.id === id && (isOpen || one.tenant === account.tenant));
      if (!found) return absent(reply);
      const body = z.object({ role: z.enum(['admin', 'member', 'throwaway']) }).safeParse(request.body);
      if (!body.success) return unfit(reply, 'role');
      found.role = body.data.role;
      return found;
    }),
  );
}
