import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EvidenceMap } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { connectSessions } from '../session/connect-sessions.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import type { Target } from '../target/target.ts';
import { discoverOperations } from './discover-operations.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

type Received = IncomingMessage & { readonly body: string };

async function discover(
  handle: (request: Received, response: ServerResponse) => void,
  more: Partial<Target> = {},
): Promise<EvidenceMap['operations']> {
  server = await startLoopbackServer(handle);
  const target = loopbackTarget(server.origin, more);
  const { transport } = testTransport(target);
  return discoverOperations({ target, transport });
}

const serving =
  (documents: Readonly<Record<string, string>>) =>
  (request: Received, response: ServerResponse): void => {
    const text = documents[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200).end(text ?? 'nothing');
  };

const forum = {
  openapi: '3.1.0',
  info: { title: 'Forum', version: '2' },
  servers: [{ url: '/api' }],
  security: [{ bearer: [] }],
  paths: {
    '/orgs/{org}/posts': {
      parameters: [{ $ref: '#/components/parameters/org' }],
      get: {
        parameters: [{ in: 'query', name: 'q', schema: { type: 'string' } }],
        responses: { 200: { $ref: '#/components/responses/posts' } },
      },
      post: {
        summary: 'Write a post',
        tags: ['posts'],
        'x-permission': 'post.create',
        'x-roles': ['admin', 'member'],
        requestBody: {
          required: true,
          content: {
            'text/plain': {},
            'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/Post' } },
          },
        },
        responses: { 201: {} },
      },
    },
    '/auth/login': { post: { security: [], responses: {} } },
    '/feed': { get: { security: [{}, { bearer: [] }] } },
    '/odd': 'not an object',
  },
  components: {
    parameters: { org: { in: 'path', name: 'org', required: true, schema: { type: 'string' } } },
    responses: {
      posts: {
        content: {
          'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Post' } } },
        },
      },
    },
    schemas: {
      Post: {
        type: 'object',
        required: ['title'],
        properties: {
          title: { type: 'string', maxLength: 80 },
          id: { type: 'string', readOnly: true },
          replies: { type: 'array', items: { $ref: '#/components/schemas/Post' } },
          author: { $ref: '#/components/schemas/Nobody' },
          place: { type: 'object', properties: { city: { type: 'string' } } },
        },
      },
    },
  },
};

test('operations of a document with references, cycles and dead ends are read', async () => {
  const { documents, operations } = await discover(serving({ '/openapi.json': JSON.stringify(forum) }));
  expect(operations.map(({ id, declaredAuth }) => [id, declaredAuth])).toEqual([
    ['GET /api/orgs/{org}/posts', 'required'],
    ['POST /api/orgs/{org}/posts', 'required'],
    ['POST /api/auth/login', 'public'],
    ['GET /api/feed', 'unstated'],
  ]);
  expect(operations[1]).toMatchObject({
    origin: server.origin,
    declaredPermission: 'post.create',
    declaredRoles: ['admin', 'member'],
    body: { contentType: 'application/json', required: true },
    sources: ['openapi: /openapi.json'],
  });
  expect(operations[1]?.slots.map((slot) => [slot.in, slot.name, slot.required])).toEqual([
    ['path', 'org', true],
    ['body', '/title', true],
    ['body', '/replies', false],
    ['body', '/author', false],
    ['body', '/place', false],
    ['body', '/place/city', false],
  ]);
  expect(operations[0]?.responses[0]?.schema).toMatchObject({
    items: { properties: { replies: { items: {} } } },
  });
  expect(() => JSON.stringify(operations)).not.toThrow();
  expect(documents).toMatchObject([{ source: '/openapi.json', title: 'Forum', version: '2' }]);
  expect(documents[0]?.problems).toEqual([
    'path /odd cannot be used',
    '#/components/schemas/Nobody leads nowhere',
  ]);
});

test('YAML is read, and servers elsewhere keep only their base path', async () => {
  const yaml =
    'openapi: 3.0.3\nservers:\n  - url: https://{place}.example.com/v1\n    variables: { place: { default: api } }\npaths:\n  /posts/:id:\n    get: {}\n';
  const { documents, operations } = await discover(serving({ '/spec.yaml': yaml }), {
    openapi: ['/spec.yaml'],
  });
  expect(operations.map(({ id, origin }) => [id, origin])).toEqual([['GET /v1/posts/{id}', server.origin]]);
  expect(documents[0]?.problems[0]).toContain(
    'server https://api.example.com is not an origin of the target',
  );
});

test('a Swagger 2.0 document is read', async () => {
  const old = {
    swagger: '2.0',
    basePath: '/v2',
    paths: {
      '/pets': {
        post: {
          consumes: ['application/json'],
          parameters: [{ in: 'body', name: 'b', required: true, schema: { properties: { name: {} } } }],
        },
      },
    },
  };
  const { operations } = await discover(serving({ '/swagger.json': JSON.stringify(old) }));
  expect(operations[0]).toMatchObject({
    id: 'POST /v2/pets',
    body: { required: true },
    slots: [{ in: 'body', name: '/name' }],
  });
});

test('a broken document is a problem, and the next one is used', async () => {
  const { documents, operations } = await discover(
    serving({
      '/openapi.json': '{"openapi":"3.1.0","paths":{"/a":',
      '/swagger.json': JSON.stringify({ openapi: '3.1.0', paths: { '/a': { get: {} } } }),
    }),
  );
  expect(documents[0]?.problems[0]).toMatch(/it cannot be parsed/);
  expect(operations.map(({ id }) => id)).toEqual(['GET /a']);
});

const shell = (_: Received, response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><div id="app"></div>');
};

test('HTML where JSON was promised is said, and a shell at every path is no document', async () => {
  const given = await discover(shell, { openapi: ['/openapi.json'] });
  expect(given.documents).toMatchObject([{ problems: ['the answer is HTML, not an API document'] }]);
  await server.stop();
  expect(await discover(shell)).toEqual({ documents: [], operations: [] });
});

test('a document that is too large or missing is said in one line', async () => {
  const { documents } = await discover(
    (request, response) => {
      if (request.url === '/big.json') response.end(Buffer.alloc(17 * 1024 * 1024, 32));
      else response.writeHead(404).end();
    },
    { openapi: ['/big.json', '/none.json'] },
  );
  expect(documents.map(({ problems }) => problems)).toEqual([
    ['the answer is larger than 16777216 bytes'],
    ['status 404'],
  ]);
});

test('a documentation page leads to its document', async () => {
  const page = '<html><script>SwaggerUIBundle({ url: "/hidden/openapi-v7.json" })</script></html>';
  const { operations } = await discover(
    serving({ '/docs': page, '/hidden/openapi-v7.json': JSON.stringify(forum) }),
  );
  expect(operations).toHaveLength(4);
});

const pathsFor = (actor: string): object =>
  actor === 'a'
    ? { '/posts': { get: {} }, '/admin': { get: {} } }
    : actor === 'b'
      ? { '/posts': { get: {} } }
      : {};

test('documents that differ by actor are merged with their sources', async () => {
  const tokens: Readonly<Record<string, string>> = { 'Bearer token-of-a-1': 'a', 'Bearer token-of-b-1': 'b' };
  server = await startLoopbackServer((request, response) => {
    const actor = tokens[request.headers.authorization ?? ''];
    if (request.url === '/server/specs/oas')
      response.end(JSON.stringify({ openapi: '3.0.1', paths: pathsFor(actor ?? '') }));
    else if (request.url === '/me' && actor) response.end(JSON.stringify({ id: actor }));
    else response.writeHead(actor ? 404 : 401).end();
  });
  const target = loopbackTarget(server.origin, {
    actors: ['a', 'b'].map((id) => ({
      id,
      tenant: id,
      role: 'admin',
      login: { kind: 'bearer', token: `token-of-${id}-1` },
    })),
  });
  const { transport, clock } = testTransport(target);
  const known = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations: known.operations, clock });
  const before = server.seen.length;
  const { operations } = await discoverOperations({ target, transport, sessions, known });
  expect(operations.map(({ id, sources }) => [id, sources])).toEqual([
    ['GET /posts', ['openapi: /server/specs/oas as a', 'openapi: /server/specs/oas as b']],
    ['GET /admin', ['openapi: /server/specs/oas as a']],
  ]);
  expect(server.seen.length - before).toBe(3);
});

test('a document that everybody is shown is named once', async () => {
  server = await startLoopbackServer((request, response) => {
    if (request.url === '/openapi.json') return response.end(JSON.stringify(forum));
    const mine = request.url === '/me' && request.headers.authorization === 'Bearer token-of-a-1';
    return response.writeHead(mine ? 200 : 401).end(mine ? '{"email":"a@a.test"}' : '');
  });
  const target = loopbackTarget(server.origin, {
    actors: [{ id: 'a.admin', tenant: 'a', role: 'admin', login: { kind: 'bearer', token: 'token-of-a-1' } }],
  });
  const { transport, clock } = testTransport(target);
  const known = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations: known.operations, clock });
  expect(await discoverOperations({ target, transport, sessions, known })).toEqual(known);
});

test('a document behind the login is found with it', async () => {
  server = await startLoopbackServer((request, response) => {
    if (request.headers.authorization !== 'Bearer token-of-a-1') return response.writeHead(401).end();
    if (request.url === '/me') return response.end('{"id":1,"email":"a@a.test"}');
    return request.url === '/api/docs-json'
      ? response.end(JSON.stringify(forum))
      : response.writeHead(404).end();
  });
  const target = loopbackTarget(server.origin, {
    actors: [{ id: 'a.admin', tenant: 'a', role: 'admin', login: { kind: 'bearer', token: 'token-of-a-1' } }],
  });
  const { transport, clock } = testTransport(target);
  const known = await discoverOperations({ target, transport });
  expect(known.operations).toEqual([]);
  const { sessions } = await connectSessions({ target, transport, operations: [], clock });
  const { operations, documents } = await discoverOperations({ target, transport, sessions, known });
  expect(operations).toHaveLength(4);
  expect(documents).toHaveLength(1);
});
