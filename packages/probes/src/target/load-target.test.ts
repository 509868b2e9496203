import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { bearer, cookie, defineTarget, env, login } from './define-target.ts';
import { loadTarget } from './load-target.ts';
import { resolveTarget } from './resolve-target.ts';
import type { TargetInput } from './target-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'launch-ready-target-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const environment = { A: 'password-a', B: 'password-b', C: 'password-c', T: 'token-t', K: 'sid=1' };
const resolved = (input: unknown) => resolveTarget(input, { env: environment, folder, file: 'config.ts' });

const whole: TargetInput = defineTarget({
  name: 'Acme',
  profile: 'client-portal',
  origins: { app: 'https://staging.acme.test/', api: 'https://api.acme.test' },
  tenants: {
    north: { admin: login('ada@north.test', env('A')), member: bearer(env('T')) },
    south: {
      admin: login('cy@south.test', env('B'), { url: '/v1/enter', usernameField: 'login' }),
      guest: cookie(env('K')),
    },
  },
  throwaways: { north: login('tom@north.test', env('C')) },
  tenantIds: { north: { org: 7 } },
  headers: { 'x-app-id': 'acme', 'x-api-key': env('T') },
  permissions: { allowed: { 'GET /posts': ['admin'] } },
});

test('a whole target file is resolved', () => {
  const target = resolved(whole);
  expect(target).toMatchObject({
    name: 'Acme',
    profile: 'client-portal',
    app: 'https://staging.acme.test',
    api: 'https://api.acme.test',
    tenants: ['north', 'south'],
    roles: ['admin', 'member', 'guest'],
    tenantIds: { north: { org: '7' } },
    headers: { 'x-app-id': 'acme', 'x-api-key': 'token-t' },
    permissions: { source: 'config.ts' },
    limits: { requestsPerSecond: 5 },
  });
  expect(target.actors.map(({ id, login: method }) => [id, method.kind])).toEqual([
    ['north.admin', 'password'],
    ['north.member', 'bearer'],
    ['south.admin', 'password'],
    ['south.guest', 'cookie'],
  ]);
  expect(target.actors[2]?.login).toMatchObject({
    at: { url: 'https://api.acme.test/v1/enter', usernameField: 'login' },
  });
  expect(target.throwaways['north']).toMatchObject({
    id: 'north.throwaway',
    login: { password: 'password-c' },
  });
});

const origins = { app: 'http://127.0.0.1:1' };
const north = { admin: login('ada@north.test', env('A')) };
test.each([
  [{ origins }, 'config.ts: name: '],
  [{ name: 'x', origins: {} }, 'config.ts: origins: needs app or api'],
  [{ name: 'x', origins: { app: 'localhost:3000' } }, 'config.ts: origins.app: must be an http or https URL'],
  [
    { name: 'x', origins: { app: 'http://a.test/base' } },
    'config.ts: origins.app: must be scheme, host and port only',
  ],
  [{ name: 'x', origins, profile: 'other' }, 'config.ts: profile: '],
  [
    { name: 'x', origins, tenants: { north: { admin: { username: 'a', password: 'secret' } } } },
    'config.ts: tenants.north.admin.password: a secret must not stand in the file',
  ],
  [
    { name: 'x', origins, tenants: { north: { admin: { bearer: 'secret' } } } },
    'config.ts: tenants.north.admin.bearer: a secret must not stand in the file',
  ],
  [
    { name: 'x', origins, tenants: { north: { admin: 'ada' } } },
    'config.ts: tenants.north.admin: must be login(...)',
  ],
  [
    { name: 'x', origins, headers: { authorization: 'Basic abc' } },
    'config.ts: headers.authorization: a secret must not',
  ],
  [
    { name: 'x', origins, tenants: { north: { admin: login('a', env('MISSING')) } } },
    'config.ts: tenants.north.admin.password: the environment variable MISSING is not set',
  ],
  [
    { name: 'x', origins, tenants: { north, south: north } },
    'config.ts: tenants: north.admin and south.admin are the same account',
  ],
  [
    { name: 'x', origins, tenants: { north }, throwaways: { north: login('ADA@north.test', env('B')) } },
    'config.ts: tenants: north.admin and north.throwaway are the same account',
  ],
  [
    { name: 'x', origins, tenants: { north }, throwaways: { east: login('z', env('B')) } },
    'config.ts: throwaways.east: there is no tenant east',
  ],
  [
    { name: 'x', origins, tenants: { north }, roles: ['owner'] },
    'config.ts: roles: admin is a role of an actor and is not listed',
  ],
  [{ name: 'x', origins, permissions: 'none.json' }, 'config.ts: permissions: none.json does not exist'],
  [{ name: 'x', origins, wrong: 1 }, 'config.ts: the file: '],
])('%j is refused with one line that names the field', (input, message) => {
  let said = '';
  try {
    resolved(input);
  } catch (error) {
    said = error instanceof Error ? error.message : '';
  }
  expect(said.startsWith(message) ? message : said).toBe(message);
  expect(said).not.toMatch(/\n|secret"|password-/);
});

test('a bare URL is a target without actors', async () => {
  const target = await loadTarget('http://127.0.0.1:3000/some/page', { env: {}, folder });
  expect(target).toMatchObject({
    name: '127.0.0.1:3000',
    app: 'http://127.0.0.1:3000',
    actors: [],
    limits: { requestsPerSecond: 200 },
  });
});

test('config files in TypeScript and JSON are loaded, by name and by default', async () => {
  const source = pathToFileURL(join(import.meta.dirname, 'define-target.ts')).href;
  writeFileSync(
    join(folder, 'launch-ready.config.ts'),
    `import { defineTarget, env, login } from '${source}';\nconst name: string = 'From file';\nexport default defineTarget({ name, origins: { app: 'http://127.0.0.1:1' }, tenants: { north: { admin: login('a', env('A')) } } });\n`,
  );
  writeFileSync(
    join(folder, 'other.json'),
    JSON.stringify({ name: 'From JSON', origins: { api: 'http://127.0.0.1:2' } }),
  );
  expect(await loadTarget(null, { env: environment, folder })).toMatchObject({
    name: 'From file',
    actors: [{ id: 'north.admin' }],
    folder,
  });
  expect(await loadTarget('other.json', { env: environment, folder })).toMatchObject({
    name: 'From JSON',
    app: 'http://127.0.0.1:2',
  });
});

test('files that cannot be loaded are said in one line', async () => {
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'broken.mjs'), 'export default {{');
  writeFileSync(join(folder, 'empty.mjs'), 'export const a = 1;');
  const load = (name: string) => loadTarget(name, { env: {}, folder });
  await expect(load('none.ts')).rejects.toThrow(/^none\.ts does not exist; give a config file or a URL/);
  await expect(load('broken.json')).rejects.toThrow(/^broken\.json: it is not JSON: .*$/);
  await expect(load('broken.mjs')).rejects.toThrow(/^broken\.mjs: it cannot be loaded: .*$/);
  await expect(load('empty.mjs')).rejects.toThrow(/^empty\.mjs: it has no default export/);
});
