import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRoutes } from '../../routes.ts';
import type { SeededTenant } from '../../seed-demo.ts';
import type { Answer, Client } from '../../testing/client.ts';
import { type TestPlatform, startTestPlatform } from '../../testing/test-platform.ts';
import { matrixOf, permissionTable } from '../policy/matrix.ts';
import type { Route } from './route.ts';
import { type Role, roles } from '../policy/roles.ts';

let world: TestPlatform;
const clients = new Map<Role, Client>();
const ids = new Map<Role, string>();

const as = (role: Role): Client => {
  const client = clients.get(role);
  if (client === undefined) throw new Error(`nobody is signed in as ${role}`);
  return client;
};

beforeAll(async () => {
  world = await startTestPlatform();
  for (const tenant of [world.north, world.south]) {
    await world.addMember(tenant, 'staff', `staff@${tenant.slug}.test`);
    await world.addMember(tenant, 'client', `client@${tenant.slug}.test`);
  }
  for (const role of roles) {
    clients.set(role, await world.login(`${role}@north.test`));
    const [row] = await world.sql('select id from identity.users where email = $1', [`${role}@north.test`]);
    ids.set(role, z.object({ id: z.string() }).parse(row).id);
  }
}, 60_000);

afterAll(() => world.stop());

/** Ids that stand in a path below an organisation. */
interface Path {
  readonly org: string;
  readonly space: string;
  readonly post: string;
  readonly comment: string;
  readonly member: string;
  readonly invite: string;
}

const created = (answer: Answer): string => {
  if (answer.status !== 201) throw new Error(`could not prepare: ${answer.status} ${answer.text}`);
  return z.object({ id: z.string() }).parse(answer.json).id;
};

let southern: Promise<Client> | null = null;
const signedInSouth = (): Promise<Client> => (southern ??= world.login('owner@south.test'));

let sequence = 0;
const fresh = (): string => `n${(sequence += 1)}`;

/** A new object for each part of a path, made by the owner, or by `author` what that role may write. */
const prepare = async (tenant: SeededTenant, owner: Client, author: Client): Promise<Path> => {
  const org = tenant.slug;
  const space = created(await owner.send('POST', `/api/orgs/${org}/spaces`, { body: { name: 'fresh' } }));
  const asAuthor = async (path: string, body: unknown): Promise<string> => {
    const answer = await author.send('POST', path, { body });
    return created(answer.status === 403 ? await owner.send('POST', path, { body }) : answer);
  };
  const post = await asAuthor(`/api/orgs/${org}/spaces/${space}/posts`, { title: 'fresh', body: 'fresh' });
  const comment = await asAuthor(`/api/orgs/${org}/spaces/${space}/posts/${post}/comments`, {
    body: 'fresh',
  });
  const member = await world.addMember(tenant, 'restricted', `${fresh()}@${org}.test`);
  const invite = created(
    await owner.send('POST', `/api/orgs/${org}/invites`, {
      body: { email: `${fresh()}@x.test`, role: 'client' },
    }),
  );
  await owner.send('PUT', `/api/orgs/${org}/spaces/${space}/members/${member}`, { body: {} });
  return { org, space, post, comment, member, invite };
};

const prepared = new Map<string, Promise<Path>>();

/** As `prepare`, but shared by calls that leave the objects where they are. */
const shared = (key: string, tenant: SeededTenant, owner: Client, author: Client): Promise<Path> => {
  const before = prepared.get(`${tenant.slug} ${key}`);
  if (before !== undefined) return before;
  const path = prepare(tenant, owner, author);
  prepared.set(`${tenant.slug} ${key}`, path);
  return path;
};

/** Objects to call a route with, written by this role where it may write. */
const objectsFor = (route: Route, author: Role): Promise<Path> =>
  route.method === 'DELETE'
    ? prepare(world.north, as('owner'), as(author))
    : shared(author, world.north, as('owner'), as(author));

const bodies: Readonly<Record<string, () => unknown>> = {
  'organisation.update': () => ({ name: 'North' }),
  'member.update': () => ({ role: 'client' }),
  'invite.create': () => ({ email: `${fresh()}@x.test`, role: 'restricted' }),
  'space.create': () => ({ name: 'made' }),
  'space.update': () => ({ name: 'renamed' }),
  'post.create': () => ({ title: 'made', body: 'made' }),
  'post.update': () => ({ title: 'changed' }),
  'comment.create': () => ({ body: 'made' }),
  'comment.update': () => ({ body: 'changed' }),
};

const inOrganisation = apiRoutes.filter((route) => route.path.includes('/:org'));
/** These end what the other tests stand on; they have tests of their own below. */
const ending = new Set(['organisation.delete', 'organisation.leave']);
const cases = inOrganisation.filter((route) => !ending.has(route.permission));

const fill = (path: string, values: Path): string =>
  path.replace(
    /:(\w+)/g,
    (_, name: string) => z.record(z.string(), z.string()).parse(values)[name] ?? `missing-${name}`,
  );

const call = (client: Client, route: (typeof cases)[number], path: Path): Promise<Answer> =>
  client.send(
    route.method,
    fill(route.path, path),
    route.body === undefined ? {} : { body: bodies[route.permission]?.() ?? {} },
  );

describe('what the matrix prints is what the routes do', () => {
  it.each(cases.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (name, route) => {
      const row = matrixOf([route])[0];
      expect(row).toBeDefined();
      for (const role of roles) {
        const allowed = row?.roles.includes(role) === true;
        const path = await objectsFor(route, role);
        const answer = await call(as(role), route, path);
        expect([role, answer.status < 300 ? 'allowed' : answer.status]).toEqual([
          role,
          allowed ? 'allowed' : 403,
        ]);
        if (row?.ownOnly.includes(role) !== true) continue;
        const foreign = await objectsFor(route, 'owner');
        expect([name, role, (await call(as(role), route, foreign)).status]).toEqual([name, role, 403]);
      }
    },
  );

  it.each(cases.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'asks who it is first: %s',
    async (_name, route) => {
      const path = await shared('owner', world.north, as('owner'), as('owner'));
      const answer = await call(world.anonymous(), route, path);
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({ error: { code: 'unauthenticated', message: 'sign in first' } });
    },
  );

  it('lets only the owner delete an organisation, and everybody but the last owner leave', async () => {
    for (const role of roles.filter((one) => one !== 'owner')) {
      expect((await as(role).send('DELETE', '/api/orgs/north')).status).toBe(403);
      const email = `${fresh()}@leaver.test`;
      await world.addMember(world.north, role, email);
      const leaver = await world.login(email);
      expect((await leaver.send('POST', '/api/orgs/north/leave', { body: {} })).status).toBe(204);
      expect((await leaver.send('GET', '/api/orgs/north')).status).toBe(404);
    }
    expect((await as('owner').send('POST', '/api/orgs/north/leave', { body: {} })).status).toBe(409);
    const founder = await world.login('throwaway@south.test');
    const made = await founder.send('POST', '/api/orgs', { body: { slug: 'short-lived', name: 'Short' } });
    expect(made.status).toBe(201);
    created(await founder.send('POST', '/api/orgs/short-lived/spaces', { body: { name: 'x' } }));
    expect((await founder.send('DELETE', '/api/orgs/short-lived')).status).toBe(204);
    expect((await founder.send('GET', '/api/orgs/short-lived')).status).toBe(404);
  });

  it('lets nobody lift a member, or themselves, above their own role', async () => {
    const member = await world.addMember(world.north, 'member', 'lifted@north.test');
    const promote = (who: Role, id: string, to: Role) =>
      as(who).send('PATCH', `/api/orgs/north/members/${id}`, { body: { role: to } });
    expect((await promote('admin', member, 'owner')).status).toBe(403);
    expect((await promote('admin', ids.get('owner') ?? '', 'member')).status).toBe(409);
    expect((await promote('member', ids.get('member') ?? '', 'admin')).status).toBe(403);
    expect((await as('staff').send('DELETE', `/api/orgs/north/members/${ids.get('admin')}`)).status).toBe(
      403,
    );
    const invite = (who: Role, to: Role) =>
      as(who).send('POST', '/api/orgs/north/invites', { body: { email: `${fresh()}@x.test`, role: to } });
    expect((await invite('admin', 'owner')).status).toBe(403);
    expect((await invite('staff', 'staff')).status).toBe(403);
    expect((await invite('staff', 'member')).status).toBe(201);
  });

  it('is what permissions.json says', async () => {
    const file = new URL('../../../permissions.json', import.meta.url);
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(written).toEqual(permissionTable(matrixOf(apiRoutes)));
  });
});

const parameters = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

describe('what is somebody else’s is answered as if it did not exist', () => {
  const absent: Path = {
    org: 'nowhere',
    space: randomUUID(),
    post: randomUUID(),
    comment: randomUUID(),
    member: randomUUID(),
    invite: randomUUID(),
  };
  it.each(inOrganisation.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_name, route) => {
      const southOwner = await signedInSouth();
      const south = await shared('owner', world.south, southOwner, southOwner);
      const north = await shared('owner', world.north, as('owner'), as('owner'));
      const unknown = await call(as('owner'), route, absent);
      expect(unknown.status).toBe(404);
      // The other organisation as a whole, and each single id of it below one's own organisation.
      const foreign = [
        south,
        ...parameters(route.path)
          .filter((name) => name !== 'org')
          .map((name) => ({ ...north, ...pick(south, name) })),
      ];
      for (const path of foreign) {
        const answer = await call(as('owner'), route, path);
        expect([answer.status, answer.text]).toEqual([404, unknown.text]);
      }
      const [row] = await world.sql('select count(*)::int as n from app.posts where id = $1', [south.post]);
      expect(row?.['n']).toBe(1);
    },
  );

  const pick = (path: Path, name: string): Partial<Path> =>
    z
      .record(z.string(), z.string())
      .transform((all) => ({ [name]: all[name] }))
      .pipe(z.record(z.string(), z.string()))
      .parse(path);

  it('hides a private space, and everything in it, from those who were not let in', async () => {
    const owner = as('owner');
    const secret = created(
      await owner.send('POST', '/api/orgs/north/spaces', { body: { name: 'secret', visibility: 'private' } }),
    );
    const base = `/api/orgs/north/spaces/${secret}`;
    const post = created(await owner.send('POST', `${base}/posts`, { body: { title: 'hidden-title' } }));
    const absentSpace = await as('admin').send('GET', `/api/orgs/north/spaces/${randomUUID()}`);
    for (const role of roles.filter((one) => one !== 'owner')) {
      for (const path of [base, `${base}/posts`, `${base}/posts/${post}`, `${base}/posts/${post}/comments`]) {
        const answer = await as(role).send('GET', path);
        expect([answer.status, answer.text]).toEqual([404, absentSpace.text]);
      }
      expect((await as(role).send('GET', '/api/orgs/north/feed?limit=100')).text).not.toContain(
        'hidden-title',
      );
      expect((await as(role).send('GET', '/api/orgs/north/spaces?limit=100')).text).not.toContain(secret);
    }
    expect((await as('admin').send('PATCH', base, { body: { name: 'mine' } })).status).toBe(404);
    expect((await as('member').send('POST', `${base}/posts`, { body: { title: 'x' } })).status).toBe(404);
    await owner.send('PUT', `${base}/members/${ids.get('member')}`, { body: {} });
    expect((await as('member').send('GET', `${base}/posts/${post}`)).status).toBe(200);
    expect((await as('member').send('GET', '/api/orgs/north/feed?limit=100')).text).toContain('hidden-title');
    await owner.send('DELETE', `${base}/members/${ids.get('member')}`);
    expect((await as('member').send('GET', `${base}/posts/${post}`)).status).toBe(404);
  });
});
