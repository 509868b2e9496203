import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';

interface Row {
  readonly id: string;
  readonly tenant: string;
  readonly fields: Record<string, unknown>;
}

const params = z.object({ id: z.string().default('') });
const absent = (reply: FastifyReply): unknown => reply.code(404).send({ error: 'not found' });
const unfit = (reply: FastifyReply, path: string): unknown =>
  reply.code(422).send({ errors: [{ path, message: 'expected a string that fits' }] });
const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).safeParse(body).data ?? {};

/** Texts of these names; the name of the first that is none, too long or not text. */
function textsIn(body: unknown, names: readonly string[], all: boolean): Record<string, unknown> | string {
  const given = fieldsOf(body);
  const wanted = names.filter((name) => all || given[name] !== undefined);
  const bad = wanted.find((name) => {
    const value = given[name];
    const most = name === 'title' || name === 'label' ? 200 : 2000;
    return typeof value !== 'string' || value === '' || value.length > most || value.includes('\0');
  });
  return bad ?? Object.fromEntries(wanted.map((name) => [name, given[name]]));
}

/** Registers orders, crates and exports, and the doors to them. */
export function registerDoors(
  server: FastifyInstance,
  accounts: readonly Account[],
  isOn: IsOn,
  whoIs: (request: FastifyRequest) => Account | null,
): void {
  const orders = new Map<string, Row>();
  const crates = new Map<string, Row>();
  const results = new Map<string, { readonly tenant: string; readonly rows: readonly unknown[] }>();
  const tenants = new Set(accounts.map(({ tenant }) => tenant));
  const view = ({ id, tenant, fields }: Row): Record<string, unknown> => ({
    id,
    tenantId: tenant,
    ...fields,
  });
  const serve =
    (handler: (account: Account, request: FastifyRequest, reply: FastifyReply, id: string) => unknown) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      return handler(account, request, reply, params.parse(request.params).id);
    };
  const cookie = ({ headers }: FastifyRequest, name: string): string | undefined =>
    new RegExp(`(?:^|; ?)${name}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  const known = (tenant: string | undefined): string | null =>
    tenant !== undefined && tenants.has(tenant) ? tenant : null;
  const of = (rows: Map<string, Row>, tenant: string): readonly Row[] =>
    [...rows.values()].filter((row) => row.tenant === tenant);
  const own = (rows: Map<string, Row>, tenant: string, id: string): Row | null => {
    const row = rows.get(id);
    return row?.tenant === tenant ? row : null;
  };
  const store = (rows: Map<string, Row>, tenant: string, fields: Record<string, unknown>): Row => {
    const row = { id: randomUUID(), tenant, fields };
    rows.set(row.id, row);
    return row;
  };

  // Which organisation the pages were last opened for, so that they look like it.
  server.addHook('onSend', async (request, reply) => {
    const { email } = fieldsOf(request.body);
    const account = accounts.find((one) => one.email === email);
    if (!account || request.url !== '/api/auth/login' || reply.statusCode !== 200) return;
    const set = reply.getHeader('set-cookie') ?? [];
    reply.header('set-cookie', [
      ...(Array.isArray(set) ? set : [String(set)]),
      `org=${account.tenant}; Path=/`,
    ]);
  });
  server.addContentTypeParser('application/xml', { parseAs: 'string' }, (_request, body, done) =>
    done(
      null,
      Object.fromEntries(
        [...String(body).matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name = '', value = '']) => [name, value]),
      ),
    ),
  );
  server.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, body, done) =>
    done(
      null,
      Object.fromEntries(
        [...String(body).matchAll(/name="(\w+)"\r\n\r\n([^\r]*)\r\n/g)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      ),
    ),
  );
  // Of a name that is there twice, the guard reads the first; whoever parses the JSON keeps the last.
  const bodies = new WeakMap<FastifyRequest, string>();
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    bodies.set(request, String(body));
    try {
      done(null, String(body) === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });

  const tenantOf = (account: Account, request: FastifyRequest): string | null => {
    const { tenant } = z
      .object({ tenant: z.union([z.string(), z.array(z.string())]).optional() })
      .parse(request.query);
    const named = typeof tenant === 'string' ? [tenant] : (tenant ?? []);
    if (named.length > 0 && named[0] !== account.tenant) return null;
    const host = request.headers.host?.split('.')[0];
    return (
      (isOn('doors-cookie-names-tenant') ? known(cookie(request, 'org')) : null) ??
      (isOn('doors-guessed-cookie') ? known(cookie(request, 'tenant')) : null) ??
      (isOn('doors-address-names-tenant') ? known(host) : null) ??
      (isOn('doors-tenant-twice') ? known(named.at(-1)) : null) ??
      account.tenant
    );
  };
  server.get(
    '/api/orders',
    serve((account, request, reply) => {
      const tenant = tenantOf(account, request);
      return tenant === null
        ? reply.code(403).send({ error: 'not your tenant' })
        : { items: of(orders, tenant).map(view) };
    }),
  );
  server.post(
    '/api/orders',
    serve((account, request, reply) => {
      const fields = textsIn(request.body, ['title', 'note'], true);
      if (typeof fields === 'string') return unfit(reply, fields);
      const first = /"tenant(?:Id)?"\s*:\s*"([^"]*)"/.exec(bodies.get(request) ?? '')?.[1];
      if (first !== undefined && first !== account.tenant)
        return reply.code(403).send({ error: 'not your tenant' });
      const { tenant, tenantId = tenant } = fieldsOf(request.body);
      const named = isOn('doors-key-twice') && typeof tenantId === 'string' ? known(tenantId) : null;
      return reply.code(201).send(view(store(orders, named ?? account.tenant, fields)));
    }),
  );
  const show = serve((account, request, reply, id) => {
    const chosen = isOn('doors-cookie-opens-order') ? known(cookie(request, 'org')) : null;
    const row = own(orders, chosen ?? account.tenant, id);
    return row ? view(row) : absent(reply);
  });
  const showAny = serve((_account, _request, reply, id) => {
    const row = orders.get(id);
    return row ? view(row) : absent(reply);
  });
  server.get('/api/orders/:id', show);
  if (isOn('doors-read-by-post'))
    server.post('/api/orders/:id', async (request, reply) =>
      request.headers['x-http-method-override'] === 'GET'
        ? showAny(request, reply)
        : reply.code(405).send({ error: 'no such method' }),
    );
  if (isOn('doors-encoded-dot')) {
    // The guard compares whole paths; the files behind it do not care for dots.
    server.get('/api/orders/./:id', showAny);
  }
  server.patch(
    '/api/orders/:id',
    serve((account, request, reply, id) => {
      const type = request.headers['content-type'] ?? '';
      const isOpen =
        (isOn('doors-xml-unguarded') && type.includes('xml')) ||
        (isOn('doors-multipart-unguarded') && type.includes('multipart'));
      const found = isOpen ? orders.get(id) : own(orders, account.tenant, id);
      if (!found) return absent(reply);
      const fields = textsIn(request.body, ['title', 'note'], false);
      if (typeof fields === 'string') return unfit(reply, fields);
      const named = fieldsOf(request.body)['id'];
      const row = isOn('doors-id-of-body') && typeof named === 'string' ? orders.get(named) : found;
      if (!row) return absent(reply);
      Object.assign(row.fields, fields);
      return view(row);
    }),
  );
  server.delete(
    '/api/orders/:id',
    serve((account, _request, reply, id) => {
      if (!own(orders, account.tenant, id)) return absent(reply);
      orders.delete(id);
      return reply.code(204).send();
    }),
  );

  server.get(
    '/api/crates',
    serve((account) => ({ items: of(crates, account.tenant).map(view) })),
  );
  server.post(
    '/api/crates',
    serve((account, request, reply) => {
      const fields = textsIn(request.body, ['label', 'hint'], true);
      return typeof fields === 'string'
        ? unfit(reply, fields)
        : reply.code(201).send(view(store(crates, account.tenant, fields)));
    }),
  );
  server.get(
    '/api/crates/:id',
    serve((account, _request, reply, id) => {
      const row = own(crates, account.tenant, id);
      return row ? view(row) : absent(reply);
    }),
  );
  server.delete(
    '/api/crates/:id',
    serve((account, _request, reply, id) => {
      if (!own(crates, account.tenant, id)) return absent(reply);
      crates.delete(id);
      return reply.code(204).send();
    }),
  );

  const greetings = new Map([...tenants].map((tenant) => [tenant, 'Good morning']));
  const settings = serve((account, request, reply) => {
    if (account.role !== 'admin') return reply.code(403).send({ error: 'admins only' });
    // Whatever tenant the address names, the login decides.
    const { tenant = '' } = z.object({ tenant: z.string().optional() }).parse(request.params);
    const isAny = isOn('doors-settings-of-any-tenant') && request.method === 'PATCH';
    const at = isAny ? (known(tenant) ?? account.tenant) : account.tenant;
    const fields = textsIn(request.body, ['greeting'], false);
    if (typeof fields === 'string') return unfit(reply, fields);
    if (request.method === 'PATCH' && typeof fields['greeting'] === 'string')
      greetings.set(at, fields['greeting']);
    return { billingEmail: `invoices@${at}-billing.test`, greeting: greetings.get(at) };
  });
  server.get('/api/tenants/:tenant/settings', settings);
  server.patch('/api/tenants/:tenant/settings', settings);

  server.post(
    '/api/exports',
    serve((account, _request, reply) => {
      const id = randomUUID();
      setTimeout(() => {
        results.set(id, { tenant: account.tenant, rows: of(orders, account.tenant).map(view) });
      }, 50).unref();
      return reply.code(202).send({ exportId: id, status: 'queued' });
    }),
  );
  server.get(
    '/api/exports/:id',
    serve((account, _request, _reply, id) => {
      const result = results.get(id);
      const isOpen = result?.tenant === account.tenant || isOn('doors-result-by-id');
      return result && isOpen ? { status: 'done', rows: result.rows } : { status: 'none', rows: [] };
    }),
  );
}
