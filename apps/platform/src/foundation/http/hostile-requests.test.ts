import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allRoutes, apiRoutes } from '../../routes.ts';
import type { Client } from '../../testing/client.ts';
import { type TestPlatform, passwordOf, startTestPlatform } from '../../testing/test-platform.ts';

let world: TestPlatform;
let owner: Client;

beforeAll(async () => {
  world = await startTestPlatform({ CORS_ORIGINS: 'https://docs.example.com' });
  owner = await world.login('owner@north.test');
}, 60_000);

afterAll(() => world.stop());

const errorBody = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    fields: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  }),
});

/** Every refusal has the same shape and tells nothing of the inside. */
const expectCleanRefusal = (answer: { status: number; text: string; json: unknown }): void => {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(errorBody.safeParse(answer.json).success).toBe(true);
  expect(answer.text).not.toMatch(
    /\bat .*\.ts|node_modules|select |insert |app\.|identity\.|pg_|postgres|zod|fastify/i,
  );
};

const spaces = '/api/orgs/north/spaces';
const countSpaces = async (): Promise<unknown> =>
  (await world.sql('select count(*)::int as n from app.spaces where tenant_id = $1', [world.north.id]))[0]?.[
    'n'
  ];

const ask = (origin: string, path = '/openapi.json') =>
  world.anonymous().send('GET', path, { headers: { origin } });

describe('requests that another site causes', () => {
  const cases: readonly (readonly [string, Record<string, string>, number])[] = [
    ['a fetch from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a fetch from a neighbour host', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['an origin that starts like ours', { origin: 'OWN.evil.example' }, 403],
    ['the origin null', { origin: 'null' }, 403],
    ['an origin that may read', { origin: 'https://docs.example.com' }, 403],
    ['our origin, from another site', { origin: 'OWN', 'sec-fetch-site': 'cross-site' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['plain text that is called JSON further on', { 'content-type': 'text/plain; x=application/json' }, 415],
    ['a content type that starts like JSON', { 'content-type': 'application/jsonp' }, 415],
  ];

  it.each(cases)('are refused before anything else: %s', async (_name, headers, status) => {
    const before = await countSpaces();
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('OWN', world.platform.origin)]),
    );
    for (const client of [owner, world.anonymous()]) {
      const answer = await client.send('POST', spaces, { body: { name: 'planted' }, headers: own });
      expect(answer.status).toBe(status);
      expectCleanRefusal(answer);
    }
    // Login too: or somebody could be signed in to the attacker's account.
    const login = await world.anonymous().send('POST', '/api/auth/login', {
      body: { email: 'member@north.test', password: passwordOf('member@north.test') },
      headers: own,
    });
    expect([login.status, login.headers['set-cookie']]).toEqual([status, undefined]);
    expect(await countSpaces()).toBe(before);
  });

  it('are told from our own', async () => {
    for (const headers of [
      { origin: world.platform.origin, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      {},
    ]) {
      const answer = await owner.send('POST', spaces, { body: { name: 'own' }, headers });
      expect(answer.status).toBe(201);
    }
  });

  it('need JSON even without a body when they say nothing about themselves', async () => {
    expect((await owner.send('POST', '/api/orgs/north/leave')).status).toBe(415);
    const gone = await owner.send('DELETE', `${spaces}/00000000-0000-7000-8000-000000000000`);
    expect(gone.status).toBe(404);
  });

  it('may not read answers, but for listed origins without credentials', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'https://docs.example.com.evil.example',
      'http://docs.example.com',
    ]) {
      const answer = await ask(origin);
      expect([origin, answer.headers['access-control-allow-origin']]).toEqual([origin, undefined]);
      expect(answer.headers['vary']).toContain('Origin');
    }
    const listed = await ask('https://docs.example.com');
    expect(listed.headers['access-control-allow-origin']).toBe('https://docs.example.com');
    expect(listed.headers['access-control-allow-credentials']).toBeUndefined();
    expect(
      (await ask('https://docs.example.com', '/api/auth/login')).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });
});

describe('every answer', () => {
  it.each([
    ['a success', 'GET', '/livez', 200],
    ['a private answer', 'GET', '/api/me', 200],
    ['a refusal', 'GET', '/api/orgs/south', 404],
    ['an unknown path', 'GET', '/nothing', 404],
    ['a path that is no path', 'GET', '/%zz', 400],
    ['an unknown method', 'TRACE', '/api/me', 404],
  ] as const)('has the security headers: %s', async (_name, method, path, status) => {
    const answer = await owner.send(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'strict-transport-security': expect.stringContaining('max-age='),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(answer.headers['server']).toBeUndefined();
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });
});

const endsOrganisation = (name: string, path: string): boolean =>
  name === 'DELETE /api/orgs/:org' && path.startsWith('/api/orgs/north');

describe('input', () => {
  const refused: readonly (readonly [string, string | Buffer, number])[] = [
    ['no JSON', '{"name":', 400],
    ['text after JSON', '{"name":"a"} x', 400],
    ['deep nesting', `{"name":${'['.repeat(21)}${']'.repeat(21)}}`, 400],
    ['very deep nesting', '['.repeat(100_000), 400],
    ['NUL in text', '{"name":"a\\u0000b"}', 400],
    ['NUL in a key', '{"na\\u0000me":"a"}', 400],
    ['a prototype', '{"name":"a","__proto__":{"x":1}}', 400],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ['a body that is too large', JSON.stringify({ name: 'a', description: 'x'.repeat(300_000) }), 413],
    ['null', 'null', 422],
    ['a list', '[]', 422],
    ['a text', '"name"', 422],
    ['a number', '7', 422],
    ['nothing', '', 422],
    ['a missing field', '{}', 422],
    ['a number for a text', '{"name":1}', 422],
    ['true for a text', '{"name":true}', 422],
    ['a list for a text', '{"name":["a"]}', 422],
    ['an object for a text', '{"name":{"$gt":""}}', 422],
    ['an empty name', '{"name":"   "}', 422],
    ['a name that is too long', JSON.stringify({ name: 'x'.repeat(101) }), 422],
    ['a name with line breaks', '{"name":"a\\nb"}', 422],
    ['a field that is not declared', '{"name":"a","role":"owner"}', 422],
    ['a tenant of one’s own choice', '{"name":"a","tenant_id":"x"}', 422],
    ['a value outside of the list', '{"name":"a","visibility":"hidden"}', 422],
  ];

  it.each(refused)('is refused in words: %s', async (_name, raw, status) => {
    const before = await countSpaces();
    const answer = await owner.send('POST', spaces, { raw, headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(status);
    expectCleanRefusal(answer);
    expect(await countSpaces()).toBe(before);
  });

  it('names the fields that are wrong', async () => {
    const answer = await owner.send('POST', spaces, { body: { name: '', visibility: 7 } });
    const { fields } = errorBody.parse(answer.json).error;
    expect(fields?.map((field) => field.path).sort()).toEqual(['body/name', 'body/visibility']);
  });

  it('may hold any text that people write', async () => {
    const name = `Ünïcödé 漢字 🎉 "quotes" <b>tags</b> '; drop table posts;--`;
    const answer = await owner.send('POST', spaces, { body: { name } });
    expect([answer.status, z.object({ name: z.string() }).parse(answer.json).name]).toEqual([201, name]);
  });

  it('may hold half of a character, which is stored as a replacement', async () => {
    const answer = await owner.send('POST', spaces, { raw: '{"name":"a\\ud800b"}' });
    expect(answer.status).toBeLessThan(500);
  });

  const nasty: readonly unknown[] = [
    null,
    true,
    0,
    -1,
    1.5,
    '',
    ' ',
    'a',
    '\u202e',
    'x'.repeat(10_000),
    [],
    ['a'],
    {},
    { a: 1 },
    '0',
    'null',
    '1e309',
    '../../etc/passwd',
    "' or 1=1 --",
    '%00',
    '${7*7}',
    'ada@north.test',
    '00000000-0000-0000-0000-000000000000',
    Number.MAX_SAFE_INTEGER,
  ];
  const paths = [
    'x',
    '0',
    '-1',
    '%00',
    '%2e%2e',
    'null',
    "'",
    '%F0%9F',
    'x'.repeat(150),
    'x'.repeat(900),
    '00000000-0000-7000-8000-000000000000',
  ];

  it.each(apiRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'never breaks anything: %s',
    async (name, route) => {
      const client =
        route.permission === 'public' || name.includes('sessions')
          ? await world.login('admin@north.test')
          : owner;
      const properties =
        route.body === undefined
          ? []
          : Object.keys(z.toJSONSchema(route.body, { io: 'input' })['properties'] ?? {});
      const requests = [
        ...paths.map((part) => ({ path: route.path.replace(/:\w+/g, part), body: {} })),
        ...paths
          .slice(0, 7)
          .map((part) => ({ path: route.path.replace(':org', 'north').replace(/:\w+/g, part), body: {} })),
        ...[
          '?after=x',
          '?limit=0',
          '?limit=1e9',
          '?limit=-1',
          '?limit=1&limit=2',
          '?after[]=1',
          '?x=1',
          '?%00',
          '?limit=%00',
        ].map((query) => ({
          path: route.path.replace(':org', 'north').replace(/:\w+/g, 'x') + query,
          body: {},
        })),
        ...(properties.length === 0 ? [] : nasty).map((value) => ({
          path: route.path
            .replace(':org', 'nowhere')
            .replace(/:\w+/g, '00000000-0000-7000-8000-000000000000'),
          body: Object.fromEntries(properties.map((property) => [property, value])),
        })),
        ...nasty.map((value) => ({
          path: route.path.replace(':org', 'north').replace(/:\w+/g, '00000000-0000-7000-8000-000000000000'),
          body: Object.fromEntries(properties.map((property) => [property, value])),
        })),
      ].filter(
        ({ path, body }) =>
          !(endsOrganisation(name, path) || (name.includes('leave') && Object.keys(body).length === 0)),
      );
      for (const { path, body } of requests) {
        const answer = await client.send(route.method, path, route.body === undefined ? {} : { body });
        const asked = [route.method, path.slice(0, 80), body];
        expect([...asked, answer.status < 500]).toEqual([...asked, true]);
        if (answer.status >= 400) expectCleanRefusal(answer);
      }
    },
  );
});

const talk = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.platform.origin);
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });

describe('what is not HTTP', () => {
  it.each([
    ['two lengths', 'POST /api/orgs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx'],
    [
      'length and chunks',
      'POST /api/orgs HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['noise', '\x16\x03\x01\x02\x00\x01\x00'],
    ['no host', 'GET /livez HTTP/1.1\r\n\r\n'],
    ['a header that is too long', `GET /livez HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`],
  ])('is refused and leaves the server standing: %s', async (_name, text) => {
    expect(await talk(text)).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect((await world.anonymous().send('GET', '/readyz')).status).toBe(200);
  });
});

describe('the API document', () => {
  it('holds every route with its permission, its roles and its security', async () => {
    const document = z
      .object({
        openapi: z.literal('3.1.0'),
        components: z.object({
          securitySchemes: z.object({
            session: z.object({ in: z.literal('cookie'), name: z.literal('__Host-lr') }),
          }),
        }),
        paths: z.record(
          z.string(),
          z.record(
            z.string(),
            z.looseObject({
              'x-permission': z.string(),
              'x-roles': z.array(z.string()),
              security: z.array(z.unknown()),
            }),
          ),
        ),
      })
      .parse((await world.anonymous().send('GET', '/openapi.json')).json);
    for (const route of allRoutes({ missing: async () => null })) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      expect(operation?.['x-permission']).toBe(route.permission);
      expect(operation?.security).toEqual(route.permission === 'public' ? [] : [{ session: [] }]);
      const body = JSON.stringify(operation?.['requestBody'] ?? null);
      expect([route.path, body.includes('"additionalProperties":false')]).toEqual([
        route.path,
        route.body !== undefined,
      ]);
    }
  });
});
