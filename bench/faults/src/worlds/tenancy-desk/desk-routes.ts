import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';

interface Row {
  readonly id: string;
  tenant: string;
  /** Opens a report to whoever was given the link. */
  readonly key?: string;
  readonly fields: Record<string, unknown>;
}

const params = z.object({
  id: z.string().default(''),
  tenant: z.string().default(''),
  member: z.string().default(''),
});
const reportBody = z.object({
  title: z.string().min(1).max(200).optional(),
  note: z.string().max(2000).optional(),
  folderId: z.string().max(60).optional(),
});
const absent = (reply: FastifyReply): unknown => reply.code(404).send({ error: 'not found' });
const unfit = (reply: FastifyReply, path: string): unknown =>
  reply.code(422).send({ errors: [{ path, message: 'expected a string that fits' }] });
const hasNul = (value: unknown): boolean => JSON.stringify(value ?? null).includes(String.raw`\u0000`);

/** Registers reports, folders, switches and what belongs to a tenant. */
export function registerDesk(
  server: FastifyInstance,
  accounts: readonly Account[],
  isOn: IsOn,
  whoIs: (request: FastifyRequest) => Account | null,
): void {
  const stores = {
    reports: new Map<string, Row>(),
    folders: new Map<string, Row>(),
    flags: new Map<string, Row>(),
  };
  type Handler = (call: {
    readonly account: Account;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly at: z.infer<typeof params>;
  }) => unknown;
  const serve = (handler: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const account = whoIs(request);
    if (account === null) return reply.code(401).send({ error: 'sign in first' });
    if (hasNul(request.body)) return unfit(reply, 'body');
    return handler({ account, request, reply, at: params.parse(request.params) });
  };
  const ownOr = (open: boolean, store: Map<string, Row>, account: Account, id: string): Row | undefined => {
    const row = store.get(id);
    return row && (open || row.tenant === account.tenant) ? row : undefined;
  };
  const rowsOf = (store: Map<string, Row>, tenant: string): readonly Row[] =>
    [...store.values()].filter((row) => row.tenant === tenant);
  const view = (row: Row): Record<string, unknown> => {
    const folder = stores.folders.get(
      typeof row.fields['folderId'] === 'string' ? row.fields['folderId'] : '',
    );
    const seen =
      folder && (folder.tenant === row.tenant || isOn('desk-folder-reference')) ? folder : undefined;
    return {
      id: row.id,
      tenantId: row.tenant,
      ...(row.key === undefined
        ? {}
        : { print: `/printed/${row.id}`, share: `/shared/${row.id}?signature=${row.key}` }),
      ...row.fields,
      ...(seen ? { folder: { id: seen.id, ...seen.fields } } : {}),
    };
  };

  const reports = (
    path: string,
    handler: Handler,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  ): void => void server.route({ method, url: `/api/reports${path}`, handler: serve(handler) });
  const show: (open: boolean) => Handler =
    (open) =>
    ({ account, reply, at }) => {
      const row = ownOr(open, stores.reports, account, at.id);
      if (!row) return absent(reply);
      row.fields['views'] = Number(row.fields['views'] ?? 0) + 1;
      return view(row);
    };
  const remove: (open: boolean) => Handler =
    (open) =>
    ({ account, reply, at }) => {
      const row = ownOr(open, stores.reports, account, at.id);
      if (!row) return absent(reply);
      stores.reports.delete(row.id);
      return reply.code(204).send();
    };

  reports(
    '',
    ({ account, request }) => {
      const query = z.object({ ids: z.string().optional() }).parse(request.query);
      const selected = request.headers['x-tenant-id'];
      const tenant =
        isOn('desk-header-selects-tenant') && typeof selected === 'string' ? selected : account.tenant;
      const ids = query.ids?.split(',');
      if (ids && isOn('desk-list-by-ids'))
        return { items: ids.flatMap((id) => stores.reports.get(id) ?? []).map(view) };
      return {
        items: rowsOf(stores.reports, tenant)
          .filter(({ id }) => ids?.includes(id) ?? true)
          .map(view),
      };
    },
    'GET',
  );
  reports(
    '',
    ({ account, request, reply }) => {
      const body = reportBody.required({ title: true, note: true }).safeParse(request.body);
      if (!body.success) return unfit(reply, body.error.issues[0]?.path.join('.') ?? 'body');
      const named = z.object({ tenantId: z.string().optional() }).safeParse(request.body).data?.tenantId;
      const tenant = isOn('desk-tenant-in-body') && named !== undefined ? named : account.tenant;
      const row: Row = {
        id: randomUUID(),
        key: randomUUID(),
        tenant,
        fields: { ...body.data, status: 'draft', archived: false, views: 0 },
      };
      stores.reports.set(row.id, row);
      return reply.code(201).send(view(row));
    },
    'POST',
  );
  reports(
    '/search',
    ({ account, request, reply }) => {
      const body = z.object({ q: z.string().max(200) }).safeParse(request.body);
      if (!body.success) return unfit(reply, 'q');
      const { q } = body.data;
      const rows = isOn('desk-search-by-post')
        ? [...stores.reports.values()]
        : rowsOf(stores.reports, account.tenant);
      return { query: q, items: rows.filter((row) => JSON.stringify(row.fields).includes(q)).map(view) };
    },
    'POST',
  );
  reports('/:id', show(false), 'GET');
  reports(
    '/:id',
    ({ account, request, reply, at }) => {
      const row = ownOr(false, stores.reports, account, at.id);
      if (!row) return absent(reply);
      const body = reportBody.safeParse(request.body);
      if (!body.success) return unfit(reply, body.error.issues[0]?.path.join('.') ?? 'body');
      Object.assign(row.fields, body.data);
      const named = z.object({ tenantId: z.string().optional() }).safeParse(request.body).data?.tenantId;
      if (isOn('desk-report-moves-out') && named !== undefined) row.tenant = named;
      return view(row);
    },
    'PATCH',
  );
  reports('/:id', remove(false), 'DELETE');
  reports(
    '/:id',
    (call) =>
      isOn('desk-method-override') && call.request.headers['x-http-method-override'] === 'DELETE'
        ? remove(true)(call)
        : call.reply.code(405).send({ error: 'no such method' }),
    'POST',
  );
  reports(
    '/:id/export',
    ({ account, reply, at }) => {
      const row = ownOr(isOn('desk-export-by-id-alone'), stores.reports, account, at.id);
      return row ? { export: view(row) } : absent(reply);
    },
    'GET',
  );
  reports(
    '/:id/archive',
    ({ account, reply, at }) => {
      const row = stores.reports.get(at.id);
      if (!row) return absent(reply);
      const isOwn = row.tenant === account.tenant;
      const done =
        isOwn ||
        isOn('desk-archive-by-id-alone') ||
        isOn('desk-archive-refused-and-done') ||
        isOn('desk-archive-absent-and-done');
      if (done) row.fields['archived'] = true;
      if (!isOwn && isOn('desk-archive-refused-and-done'))
        return reply.code(403).send({ error: 'not yours' });
      if (!isOwn && isOn('desk-archive-absent-and-done')) return absent(reply);
      return reply.code(204).send();
    },
    'POST',
  );
  reports(
    '/:id/status',
    ({ account, request, reply, at }) => {
      const body = z.object({ status: z.enum(['draft', 'final']) }).safeParse(request.body);
      if (!body.success) return unfit(reply, 'status');
      const row = stores.reports.get(at.id);
      if (!row) return absent(reply);
      if (row.tenant === account.tenant || isOn('desk-status-by-id-alone'))
        row.fields['status'] = body.data.status;
      return { status: body.data.status };
    },
    'PUT',
  );
  server.get(
    '/api/downloads/:id',
    serve(({ account, reply, at }) => {
      const row = ownOr(isOn('desk-download-elsewhere'), stores.reports, account, at.id);
      return row ? reply.type('text/plain').send(JSON.stringify(row.fields)) : absent(reply);
    }),
  );
  server.get(
    '/api/diagnosis/:id',
    serve(({ account, request, reply, at }) => {
      // The proxy in front says who asks; without it, it is somebody on this machine.
      const passedOn = request.headers['x-forwarded-for'];
      const isLocal = passedOn === undefined || passedOn === '127.0.0.1';
      const row = ownOr(isLocal, stores.reports, account, at.id);
      return row ? view(row) : absent(reply);
    }),
  );
  server.get(
    '/printed/:id',
    serve(({ account, reply, at }) => {
      const row = ownOr(isOn('desk-link-in-answer'), stores.reports, account, at.id);
      return row ? view(row) : absent(reply);
    }),
  );
  server.get(
    '/shared/:id',
    serve(({ request, reply, at }) => {
      const row = stores.reports.get(at.id);
      const { signature } = z.object({ signature: z.string().optional() }).parse(request.query);
      return row && signature === row.key ? view(row) : absent(reply);
    }),
  );
  if (isOn('desk-trailing-slash')) server.get('/api/reports/:id/', serve(show(true)));
  if (isOn('desk-other-case')) server.get('/Api/reports/:id', serve(show(true)));
  if (isOn('desk-rewritten-address'))
    server.addHook('onRequest', async (request, reply) => {
      const other = request.headers['x-original-url'];
      const account = whoIs(request);
      if (typeof other !== 'string' || !account) return;
      const row = stores.reports.get(other.split('/').at(-1) ?? '');
      if (row) return reply.send(view(row));
    });

  small(server, 'folders', ['name', 'purpose']);
  small(server, 'flags', ['label', 'hint']);
  server.patch(
    '/api/flags/:id',
    serve(({ account, request, reply, at }) => {
      const row = ownOr(isOn('desk-flag-by-id-alone'), stores.flags, account, at.id);
      if (!row) return absent(reply);
      const body = z.object({ on: z.boolean() }).safeParse(request.body);
      if (!body.success) return unfit(reply, 'on');
      row.fields['on'] = body.data.on;
      return view(row);
    }),
  );

  const people = accounts.map(({ email, tenant, role }) => ({
    id: `m-${tenant}-${role}-4711`,
    email,
    role,
    tenant,
  }));
  server.get(
    '/api/tenants/:tenant/members',
    serve(({ account, at }) => {
      if (isOn('desk-directory-of-all')) return { items: people };
      const tenant = isOn('desk-members-of-any-tenant') ? at.tenant : account.tenant;
      return { items: people.filter((one) => one.tenant === tenant) };
    }),
  );
  server.get(
    '/api/tenants/:tenant/members/:member',
    serve(({ account, reply, at }) => {
      const open = isOn('desk-member-by-id-alone');
      const found = people.find(({ id, tenant }) => id === at.member && (open || tenant === account.tenant));
      return found ?? absent(reply);
    }),
  );
  server.get(
    '/api/tenants/:tenant/settings',
    serve(({ account, at }) =>
      at.tenant === account.tenant || isOn('desk-settings-of-any-tenant')
        ? { billingEmail: `invoices@${at.tenant}-billing.test`, plan: 'large', theme: 'dark' }
        : {},
    ),
  );
  server.get('/api/tenants/:tenant/profile', async (request) => {
    const { tenant } = params.parse(request.params);
    return { name: tenant, contactEmail: `hello@${tenant}-public.test` };
  });

  /** A collection with nothing to it. */
  function small(to: FastifyInstance, name: 'folders' | 'flags', fields: readonly string[]): void {
    const store = stores[name];
    to.get(
      `/api/${name}`,
      serve(({ account }) => ({ items: rowsOf(store, account.tenant).map(view) })),
    );
    to.post(
      `/api/${name}`,
      serve(({ account, request, reply }) => {
        const body = z.record(z.string(), z.unknown()).safeParse(request.body);
        const given = body.success ? body.data : {};
        const bad = fields.find((field) => {
          const value = given[field];
          return typeof value !== 'string' || value === '' || value.length > 200;
        });
        if (bad !== undefined) return unfit(reply, bad);
        if (name === 'flags' && given['on'] !== undefined && typeof given['on'] !== 'boolean')
          return unfit(reply, 'on');
        const kept = Object.fromEntries(fields.map((field) => [field, given[field]]));
        const row: Row = {
          id: randomUUID(),
          tenant: account.tenant,
          fields: { ...kept, ...(name === 'flags' ? { on: given['on'] === true } : {}) },
        };
        store.set(row.id, row);
        return reply.code(201).send(view(row));
      }),
    );
    to.get(
      `/api/${name}/:id`,
      serve(({ account, reply, at }) => {
        const row = ownOr(false, store, account, at.id);
        return row ? view(row) : absent(reply);
      }),
    );
    to.delete(
      `/api/${name}/:id`,
      serve(({ account, reply, at }) => {
        const row = ownOr(false, store, account, at.id);
        if (!row) return absent(reply);
        store.delete(row.id);
        return reply.code(204).send();
      }),
    );
  }
}
