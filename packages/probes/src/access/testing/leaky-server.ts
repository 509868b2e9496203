import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startLoopbackServer } from '../../testing/loopback-server.ts';
import type { Family } from './families.ts';
import { leakyDocument } from './leaky-document.ts';

interface Item {
  readonly id: string;
  readonly owner: string;
  readonly tenant: string;
  readonly parent: string | null;
  fields: Record<string, unknown>;
  views: number;
}

interface User {
  readonly name: string;
  readonly tenant: string;
  role: string;
}

/** Switches of the nested routes `/orgs/{org}/spaces/{space}/posts/{post}`; all off is tight. */
export interface NestedFaults {
  /** The organisation in the path is checked, and the object below it is not. */
  readonly ownPathForeignObject?: boolean;
  /** The organisation in the path is not checked at all. */
  readonly foreignPath?: boolean;
  /** Posts may be created below a foreign space. */
  readonly foreignParent?: boolean;
  /** The feed shows every tenant. */
  readonly feed?: boolean;
  /** The search finds in every tenant. */
  readonly search?: boolean;
  /** The search finds whole titles in every tenant and shows nothing else of what it found. */
  readonly titleSearch?: boolean;
  /** Members may delete what only admins may. */
  readonly memberDeletes?: boolean;
  /** Members may list what only admins may. */
  readonly memberReadsAudit?: boolean;
  /** A profile update takes a role. */
  readonly profileTakesRole?: boolean;
}

export interface LeakyServer {
  readonly origin: string;
  readonly seen: readonly string[];
  expire(headers: readonly (readonly [string, string])[]): void;
  /** Objects of a kind that are left. */
  left(): number;
  stop(): Promise<void>;
}

const shell = '<!doctype html><html><head><title>App</title></head><body><div id="root"></div></body></html>';

/** A small application of two tenants with cookie logins, one collection per family, and nested routes. */
export async function startLeakyServer(
  families: readonly Family[],
  nested: NestedFaults = {},
): Promise<LeakyServer> {
  const users = new Map<string, User>();
  for (const tenant of ['north', 'south']) {
    for (const role of ['admin', 'member', 'throwaway']) {
      const name = `${role}@${tenant}.test`;
      users.set(name, { name, tenant, role: role === 'throwaway' ? 'member' : role });
    }
  }
  const sessions = new Map<string, { readonly user: User; expired: boolean }>();
  const items = new Map<string, Map<string, Item>>();
  const collection = (name: string): Map<string, Item> => {
    const known = items.get(name) ?? new Map<string, Item>();
    items.set(name, known);
    return known;
  };

  const server = await startLoopbackServer((request, response) => {
    const reply = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      const isText = typeof body === 'string';
      response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
      response.end(status === 204 ? undefined : isText ? body : JSON.stringify(body));
    };
    const url = new URL(request.url ?? '/', 'http://app.test');
    const path = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    const body = parsed(request.body);
    if (url.pathname === '/openapi.json') return reply(200, leakyDocument(families));
    if (url.pathname === '/health') return reply(200, { status: 'ok' });
    if (url.pathname === '/login') {
      const user = users.get(String(body.email));
      if (!user || body.password !== `Secret-${user.name}`) return reply(401, { error: 'wrong' });
      const sid: string = randomUUID();
      sessions.set(sid, { user, expired: false });
      return reply(200, { ok: true }, { 'set-cookie': `sid=${sid}; Path=/; HttpOnly` });
    }
    const family = families.find(({ name }) => name === path[0]);
    const sid = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const session =
      sessions.get(sid) ??
      (family?.acceptsTampered && !sessions.has(sid)
        ? [...sessions.values()].find(({ expired }) => !expired && sid !== '')
        : undefined);
    const user = session && (!session.expired || family?.acceptsExpired) ? session.user : null;
    const call: CallOfTest = { request, response, reply, path, url, body, user, collection, users };
    if (family) return collectionRoute(call, family);
    if (!user) return reply(401, { error: 'log in first' });
    return nestedRoute(call, user, nested);
  });
  return {
    origin: server.origin,
    seen: server.seen,
    expire: (headers) => {
      for (const [name, value] of headers) {
        const sid = name === 'cookie' ? /sid=([^;]+)/.exec(value)?.[1] : undefined;
        const session = sid === undefined ? undefined : sessions.get(sid);
        if (session) session.expired = true;
      }
    },
    left: () => [...items.values()].reduce((sum, one) => sum + one.size, 0),
    stop: () => server.stop(),
  };
}

interface CallOfTest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly reply: (status: number, body: unknown, headers?: Record<string, string>) => void;
  readonly path: readonly string[];
  readonly url: URL;
  readonly body: Record<string, unknown>;
  readonly user: User | null;
  readonly collection: (name: string) => Map<string, Item>;
  readonly users: ReadonlyMap<string, User>;
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

const shown = (item: Item, family?: Family): Record<string, unknown> => ({
  id: item.id,
  ...item.fields,
  ...(family?.views ? { views: item.views } : {}),
});

function collectionRoute(call: CallOfTest, family: Family): void {
  const { reply, path, body, request, collection } = call;
  const store = collection(family.name);
  const [, id] = path;
  const isPublic = family.read === 'public' || family.anonymous === true;
  const guest: User = { name: 'nobody', tenant: '', role: 'nobody' };
  const user =
    call.user ?? (isPublic && request.method === 'GET' ? guest : family.anonymousWrites ? guest : null);
  if (!user) return reply(401, { error: 'log in first' });
  const isOpen = (behaviour: string | undefined): boolean =>
    behaviour === 'open' && (family.onlyFor === undefined || family.onlyFor === user.tenant);

  if (id === undefined) {
    if (request.method === 'POST') {
      const { title, text } = body;
      if (typeof title !== 'string' || typeof text !== 'string') {
        return reply(400, {
          error: 'bad body',
          issues: ['title', 'text']
            .filter((key) => typeof body[key] !== 'string')
            .map((key) => ({ path: [key], message: 'Required' })),
        });
      }
      const item: Item = {
        id: randomUUID(),
        owner: user.name,
        tenant: user.tenant,
        parent: null,
        fields: { title, text },
        views: 0,
      };
      store.set(item.id, item);
      return reply(201, { data: shown(item) });
    }
    const all = [...store.values()];
    const mine =
      family.list === 'open' || family.list === 'public' || family.anonymous
        ? all
        : all.filter(({ tenant }) => tenant === user.tenant);
    return reply(200, { items: mine.map((item) => shown(item, family)) });
  }

  const item = store.get(id);
  const own =
    item !== undefined &&
    (item.tenant === user.tenant || (user.tenant === '' && (isPublic || family.anonymousWrites === true)));
  const first = [...store.values()].find(({ tenant }) => tenant === user.tenant);
  const notFound = (): void => reply(404, { error: 'not found' });
  const change = (): void => {
    if (item) item.fields = { ...item.fields, ...pick(body) };
  };
  const discard = (): void => {
    if (item && family.soft) item.fields = { ...item.fields, state: 'archived' };
    else store.delete(id);
  };
  switch (request.method) {
    case 'GET':
      if (item && (own || isOpen(family.read) || family.read === 'public')) {
        item.views += 1;
        return reply(200, shown(item, family));
      }
      if (!item)
        return family.read === 'shell'
          ? reply(200, shell)
          : family.read === 'echo-404'
            ? reply(404, { error: `no ${id}` })
            : notFound();
      switch (family.read) {
        case '403':
          return reply(403, { error: 'forbidden' });
        case '400-text':
          return reply(400, 'this is not for you');
        case 'redirect-with-body':
          return reply(302, shown(item), { location: '/login' });
        case 'title-in-403':
          return reply(403, { error: `you may not read "${String(item.fields.title)}"` });
        case 'preview':
          return reply(200, { id, preview: item.fields.title, locked: true });
        case 'hex-header':
          return reply(
            404,
            { error: 'not found' },
            { 'x-debug': Buffer.from(String(item.fields.text)).toString('hex') },
          );
        case 'shell':
          return reply(200, shell);
        case 'success-false':
          return reply(200, { success: false, error: 'no access' });
        case 'own-instead':
          return first ? reply(200, shown(first)) : notFound();
        case 'default-object':
          return reply(200, { id, title: 'Untitled', text: '' });
        case 'echo-404':
          return reply(404, { error: `no ${id}`, path: call.url.pathname });
        default:
          return notFound();
      }
    case 'PATCH':
      if (own) {
        change();
        return reply(200, item ? shown(item) : {});
      }
      switch (family.patch) {
        case 'open':
          change();
          return reply(200, item ? shown(item) : {});
        case 'open-204':
          change();
          return reply(204, null);
        case '403-but-done':
          change();
          return reply(403, { error: 'forbidden' });
        case 'shell':
          return reply(200, shell);
        case 'success-false':
          return reply(200, { success: false });
        case 'no-effect':
          return reply(200, { ok: true });
        case 'no-effect-204':
          return reply(204, null);
        case 'echo':
          return reply(200, { id, ...pick(body) });
        case 'echo-404':
          return reply(404, { error: 'not found', sent: body });
        default:
          return notFound();
      }
    case 'PUT':
      if (own || (family.put === 'open' && item)) {
        change();
        return reply(200, item ? shown(item) : {});
      }
      if (family.put === 'upsert-own') return reply(201, { id, ...pick(body), tenant: user.tenant });
      return notFound();
    case 'DELETE':
      if (own || family.remove === 'open') {
        discard();
        return reply(204, null);
      }
      switch (family.remove) {
        case '404-but-done':
          discard();
          return notFound();
        case 'shell':
          return reply(200, shell);
        case 'success-false':
          return reply(200, { success: false });
        case 'no-effect-204':
          return reply(204, null);
        default:
          return notFound();
      }
    default:
      return reply(405, { error: 'no such method' });
  }
}

const pick = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([key, value]) => (key === 'title' || key === 'text') && typeof value === 'string',
    ),
  );

/** `/me`, `/feed`, `/orgs/{org}/spaces/{space}/posts/{post}`, `/orgs/{org}/audit`. */
function nestedRoute(call: CallOfTest, user: User, faults: NestedFaults): void {
  const { reply, path, body, request, collection, url } = call;
  const spaces = collection('spaces');
  const posts = collection('posts');
  const notFound = (): void => reply(404, { error: 'not found' });
  if (path[0] === 'me') {
    if (request.method === 'PATCH') {
      if (faults.profileTakesRole && typeof body.role === 'string') user.role = body.role;
      return reply(200, { email: user.name, org: { slug: user.tenant }, role: user.role });
    }
    return reply(200, { email: user.name, org: { slug: user.tenant }, role: user.role });
  }
  if (path[0] === 'feed')
    return reply(
      200,
      [...posts.values()]
        .filter((post) => faults.feed || post.tenant === user.tenant)
        .map((post) => shown(post)),
    );
  if (path[0] === 'search') {
    const q = (url.searchParams.get('q') ?? '').toLowerCase();
    const found = [...posts.values()].filter(
      (post) =>
        (faults.search || post.tenant === user.tenant) &&
        JSON.stringify(post.fields).toLowerCase().includes(q),
    );
    if (faults.titleSearch) {
      const titles = [...posts.values()].map((post) => String(post.fields.title));
      return reply(200, {
        q,
        results: titles.filter((title) => q !== '' && title.toLowerCase().includes(q)),
      });
    }
    return reply(200, { q, results: found.map((post) => shown(post)) });
  }
  const [orgs, org, kind, spaceId, below, postId] = path;
  if (orgs !== 'orgs' || (org !== 'north' && org !== 'south')) return notFound();
  if (
    org !== user.tenant &&
    !faults.foreignPath &&
    !(faults.foreignParent && request.method === 'POST' && below === 'posts')
  )
    return notFound();
  const tenant = faults.foreignPath || faults.foreignParent ? org : user.tenant;
  if (kind === 'audit') {
    if (user.role !== 'admin' && !faults.memberReadsAudit) return reply(403, { error: 'admins only' });
    return reply(200, { entries: [{ at: '2026-01-01', what: `login of admin@${tenant}.test` }] });
  }
  if (kind !== 'spaces') return notFound();
  const make = (store: Map<string, Item>, parent: string | null): void => {
    const fields = Object.fromEntries(
      Object.entries(body).filter(([key]) => ['name', 'title', 'text', 'visibility'].includes(key)),
    );
    const item: Item = { id: randomUUID(), owner: user.name, tenant, parent, fields, views: 0 };
    store.set(item.id, item);
    reply(201, { space: { id: tenant }, id: item.id }, { location: `${url.pathname}/${item.id}` });
  };
  if (spaceId === undefined) {
    if (request.method === 'POST') {
      if (user.role !== 'admin') return reply(403, { error: 'admins only' });
      if (typeof body.name !== 'string')
        return reply(422, { detail: [{ loc: ['body', 'name'], msg: 'field required', type: 'missing' }] });
      return make(spaces, null);
    }
    return reply(200, {
      data: [...spaces.values()].filter((space) => space.tenant === tenant).map((space) => shown(space)),
    });
  }
  const space = spaces.get(spaceId);
  const reaches = (item: Item | undefined): item is Item =>
    item !== undefined && (item.tenant === tenant || faults.ownPathForeignObject === true);
  if (below === undefined) {
    if (!reaches(space)) return notFound();
    if (request.method === 'DELETE') {
      if (user.role !== 'admin' && !faults.memberDeletes) return reply(403, { error: 'admins only' });
      spaces.delete(spaceId);
      return reply(204, null);
    }
    if (request.method === 'PATCH') {
      if (user.role !== 'admin') return reply(403, { error: 'admins only' });
      space.fields = { ...space.fields, ...body };
    }
    return reply(200, { data: shown(space) });
  }
  if (below !== 'posts') return notFound();
  if (!space || (space.tenant !== tenant && !faults.foreignParent && !faults.ownPathForeignObject))
    return notFound();
  if (postId === undefined) {
    if (request.method === 'POST') {
      if (typeof body.title !== 'string')
        return reply(400, { message: "body must have required property 'title'" });
      const inside: Item = {
        id: randomUUID(),
        owner: user.name,
        tenant: space.tenant,
        parent: spaceId,
        fields: { title: body.title, text: body.text },
        views: 0,
      };
      posts.set(inside.id, inside);
      return reply(201, { data: shown(inside) });
    }
    if (space.tenant !== tenant) return notFound();
    return reply(200, {
      data: [...posts.values()].filter((post) => post.parent === spaceId).map((post) => shown(post)),
    });
  }
  const post = posts.get(postId);
  if (!reaches(post) || (post.parent !== spaceId && !faults.ownPathForeignObject)) return notFound();
  if (request.method === 'DELETE') {
    posts.delete(postId);
    return reply(204, null);
  }
  if (request.method === 'PATCH') post.fields = { ...post.fields, ...pick(body) };
  return reply(200, { data: shown(post) });
}
