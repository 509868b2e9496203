import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceMap, Operation } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import type { Target } from '../target/target.ts';
import { discoverOperations } from './discover-operations.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
let files = 0;
const save = (value: unknown): string => {
  const path = join(folder, `file-${(files += 1)}.json`);
  writeFileSync(path, JSON.stringify(value));
  return path;
};

async function discover(
  build: (origin: string) => Partial<Target>,
  documents: Readonly<Record<string, unknown>> = {},
): Promise<EvidenceMap['operations']> {
  server = await startLoopbackServer((request, response) => {
    const document = documents[request.url ?? ''];
    response
      .writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(document ?? {}));
  });
  const target = loopbackTarget(server.origin, build(server.origin));
  const { transport } = testTransport(target);
  return discoverOperations({ target, transport });
}

const ids = (operations: readonly Operation[]): readonly string[] => operations.map(({ id }) => id);
const find = (operations: readonly Operation[], id: string): Operation => {
  const found = operations.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not among ${ids(operations).join(', ')}`);
  return found;
};
const slot = (operation: Operation, name: string): Operation['slots'][number] | undefined =>
  operation.slots.find((one) => one.name === name);

interface Recorded {
  readonly send: string;
  readonly body?: unknown;
  readonly form?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly answer?: unknown;
  readonly type?: string;
  readonly location?: string;
}

const entry = (origin: string, recorded: Recorded, at: number): unknown => {
  const [method = 'GET', path = '/'] = recorded.send.split(' ');
  const type = recorded.type ?? 'application/json; charset=utf-8';
  const list = (headers: Readonly<Record<string, string>>): unknown =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    startedDateTime: new Date(1_700_000_000_000 + at * 1000).toISOString(),
    request: {
      method,
      url: path.startsWith('http') ? path : `${origin}${path}`,
      headers: list(recorded.headers ?? {}),
      ...(recorded.form === undefined
        ? {}
        : { postData: { mimeType: 'application/x-www-form-urlencoded', text: recorded.form } }),
      ...(recorded.body === undefined
        ? {}
        : { postData: { mimeType: 'application/json', text: JSON.stringify(recorded.body) } }),
    },
    response: {
      status: recorded.status ?? 200,
      headers: list({ 'content-type': type, ...(recorded.location ? { location: recorded.location } : {}) }),
      content: {
        mimeType: type,
        encoding: 'base64',
        text: Buffer.from(
          typeof recorded.answer === 'string' ? recorded.answer : JSON.stringify(recorded.answer ?? {}),
        ).toString('base64'),
      },
    },
  };
};
const har = (origin: string, calls: readonly Recorded[]): string =>
  save({ log: { version: '1.2', entries: calls.map((one, at) => entry(origin, one, at)).toReversed() } });

const project = '8b4f6f4e-5a0f-4e0e-9d0b-0d9a3c1b7e55';
const traffic: readonly Recorded[] = [
  { send: 'GET /', type: 'text/html', answer: '<html></html>' },
  { send: 'GET /assets/app.js', type: 'text/javascript', answer: 'let a' },
  { send: 'GET https://cdn.example.test/api/ads', answer: [] },
  {
    send: 'POST /api/auth/login',
    body: { email: 'ada@north.test', password: 'North-Secret-1' },
    answer: { token: 'eyJhbGciOi.secret.token', user: { id: 'usr_9fK2mQ7xLp31', role: 'admin' } },
  },
  { send: 'GET /api/orgs', answer: [{ slug: 'north', plan: 'pro' }] },
  {
    send: 'GET /api/orgs/north/projects?limit=20',
    headers: { authorization: 'Bearer abc', 'x-org-id': 'north', 'x-request-id': '1' },
    answer: { items: [{ id: project, slug: 'apollo' }] },
  },
  {
    send: 'POST /api/orgs/north/projects',
    body: {
      name: 'Apollo',
      budget: 10,
      visibility: 'private',
      ownerId: 'usr_9fK2mQ7xLp31',
      due: '2030-01-01',
    },
    status: 201,
    answer: { id: project, self: `https://app.example.test/p/${project}` },
  },
  {
    send: 'POST /api/orgs/north/projects',
    body: { name: 'Zeus', budget: 4, visibility: 'public', ownerId: 'usr_9fK2mQ7xLp31' },
    status: 201,
    answer: { id: 'a0f0c6de-95cf-4f63-9d0a-4b0a6f5a7c11' },
  },
  { send: `GET /api/projects/${project}`, answer: { id: project, name: 'Apollo' } },
  {
    send: 'GET /api/projects/a0f0c6de-95cf-4f63-9d0a-4b0a6f5a7c11',
    answer: { id: 'a0f0c6de-95cf-4f63-9d0a-4b0a6f5a7c11', name: 'Zeus' },
  },
  { send: 'GET /api/projects/export', answer: [] },
  {
    send: `GET /api/boards/${Buffer.from(`Project:${project}`).toString('base64url')}/cards`,
    answer: { cards: [{ node: Buffer.from('Card:card-771').toString('base64') }] },
  },
  { send: 'GET /api/cards/card-771', answer: { title: 'x' } },
  { send: 'GET /api/missing', status: 404, answer: {} },
];

test('operations are read from recorded traffic, with values as slots and words as they are', async () => {
  const { operations, documents } = await discover((origin) => ({ har: [har(origin, traffic)] }));
  expect(ids(operations)).toEqual([
    'POST /api/auth/login',
    'GET /api/orgs',
    'GET /api/orgs/{tenant}/projects',
    'POST /api/orgs/{tenant}/projects',
    'GET /api/projects/{projectId}',
    'GET /api/projects/export',
    'GET /api/boards/{boardId}/cards',
    'GET /api/cards/{cardId}',
  ]);
  expect(documents.at(-1)).toMatchObject({
    source: expect.stringMatching(/^har: file-\d+\.json$/),
    problems: ['1 of its 14 entries are of other origins'],
  });
  const create = find(operations, 'POST /api/orgs/{tenant}/projects');
  expect(create.body).toMatchObject({
    contentType: 'application/json',
    required: true,
    schema: {
      required: ['name', 'budget', 'visibility', 'ownerId'],
      properties: {
        name: { type: 'string' },
        budget: { type: 'integer' },
        visibility: { examples: ['private', 'public'] },
        due: { type: 'string', format: 'date' },
      },
    },
  });
  const list = find(operations, 'GET /api/orgs/{tenant}/projects');
  expect(list.slots.map((one) => `${one.in} ${one.name} ${one.required}`)).toEqual([
    'path tenant true',
    'query limit false',
    'header x-org-id true',
  ]);
  expect(list.responses).toMatchObject([
    {
      status: '200',
      schema: { properties: { items: { items: { properties: { id: { format: 'uuid' } } } } } },
    },
  ]);
});

test('slots of recorded traffic say which answer their values came from', async () => {
  const { operations } = await discover((origin) => ({ har: [har(origin, traffic)] }));
  const read = find(operations, 'GET /api/projects/{projectId}');
  expect(slot(read, 'projectId')?.refersTo).toEqual({
    operation: 'POST /api/orgs/{tenant}/projects',
    pointer: '/id',
    inside: 'itself',
  });
  const create = find(operations, 'POST /api/orgs/{tenant}/projects');
  expect(slot(create, '/ownerId')?.refersTo).toEqual({
    operation: 'POST /api/auth/login',
    pointer: '/user/id',
    inside: 'itself',
  });
  expect(slot(create, 'tenant')?.refersTo).toMatchObject({ operation: 'GET /api/orgs', pointer: '/*/slug' });
  expect(slot(find(operations, 'GET /api/cards/{cardId}'), 'cardId')?.refersTo).toEqual({
    operation: 'GET /api/boards/{boardId}/cards',
    pointer: '/cards/*/node',
    inside: 'base64',
  });
});

test('an id inside an address of an answer is traced', async () => {
  const { operations } = await discover((origin) => ({
    har: [
      har(origin, [
        {
          send: 'POST /api/reports',
          body: { text: 'a' },
          answer: { report_link: 'https://x.test/mechanic/report?report_id=QWx8TT21ab' },
        },
        { send: 'GET /api/mechanic?report_id=QWx8TT21ab', answer: { text: 'a' } },
      ]),
    ],
  }));
  expect(slot(find(operations, 'GET /api/mechanic'), 'report_id')).toMatchObject({
    required: true,
    refersTo: { operation: 'POST /api/reports', pointer: '/report_link', inside: 'url' },
  });
});

test('no secret and no text of a person is kept from recorded traffic', async () => {
  const found = await discover((origin) => ({ har: [har(origin, traffic)] }));
  const text = JSON.stringify(found);
  for (const value of ['North-Secret-1', 'secret.token', 'ada@north.test', 'Apollo', 'Bearer', project])
    expect(text).not.toContain(value);
});

const document = {
  openapi: '3.1.0',
  info: { title: 'Projects' },
  paths: {
    '/api/projects/{id}': { get: { responses: { 200: { content: { 'application/json': {} } } } } },
    '/api/orgs/{org}/projects': { get: {}, post: { requestBody: { content: { 'application/json': {} } } } },
  },
};
const collection = (origin: string): unknown => ({
  info: { name: 'Projects', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: [
    { key: 'base', value: `${origin}/{{prefix}}` },
    { key: 'prefix', value: 'api' },
    { key: 'project', value: project },
  ],
  auth: { type: 'bearer', bearer: [] },
  item: [
    {
      name: 'Projects',
      item: [
        {
          name: 'One',
          request: {
            method: 'GET',
            url: {
              raw: '{{base}}/projects/:projectId?expand=all',
              host: ['{{base}}'],
              path: ['projects', ':projectId'],
              query: [
                { key: 'expand', value: 'all' },
                { key: 'off', disabled: true },
              ],
            },
          },
        },
        {
          name: 'Rename',
          request: {
            method: 'PATCH',
            url: '{{base}}/projects/{{project}}',
            header: [
              { key: 'X-Workspace', value: 'a' },
              { key: 'Authorization', value: 'Bearer {{token}}' },
            ],
            body: {
              mode: 'raw',
              raw: '{ "name": "{{name}}", "position": {{position}} }',
              options: { raw: { language: 'json' } },
            },
          },
        },
        {
          name: 'Picture',
          request: {
            method: 'POST',
            url: '{{base}}/projects/:id/picture',
            body: {
              mode: 'formdata',
              formdata: [
                { key: 'file', type: 'file' },
                { key: 'caption', value: 'x' },
              ],
            },
          },
        },
      ],
    },
    {
      name: 'Log in',
      request: {
        method: 'POST',
        auth: { type: 'noauth' },
        url: '{{base}}/login',
        body: {
          mode: 'urlencoded',
          urlencoded: [
            { key: 'user', value: 'ada' },
            { key: 'password', value: 'Postman-Secret-1' },
          ],
        },
      },
      response: [{ code: 200, body: '{"ok":true}' }],
    },
    { name: 'Ping', request: '{{base}}/ping' },
    { name: 'Old', request: { method: 'PURGE', url: '{{base}}/all' } },
  ],
});

test('operations are read from a Postman collection', async () => {
  const found = await discover((origin) => ({ postman: [save(collection(origin))] }));
  expect(ids(found.operations)).toEqual([
    'GET /api/projects/{projectId}',
    'PATCH /api/projects/{project}',
    'POST /api/projects/{id}/picture',
    'POST /api/login',
    'GET /api/ping',
  ]);
  const rename = find(found.operations, 'PATCH /api/projects/{project}');
  expect(rename).toMatchObject({ tags: ['Projects'], summary: 'Rename', declaredAuth: 'required' });
  expect(rename.slots.map(({ in: place, name }) => `${place} ${name}`)).toEqual([
    'path project',
    'header X-Workspace',
    'body /name',
    'body /position',
  ]);
  expect(find(found.operations, 'POST /api/projects/{id}/picture').body).toMatchObject({
    contentType: 'multipart/form-data',
    schema: { properties: { file: { format: 'binary' } } },
  });
  expect(find(found.operations, 'POST /api/login')).toMatchObject({
    declaredAuth: 'unstated',
    body: { contentType: 'application/x-www-form-urlencoded' },
  });
  expect(JSON.stringify(found)).not.toContain('Postman-Secret-1');
  expect(found.documents.at(-1)?.problems).toEqual(['PURGE of Old is not tested']);
});

test('a route written in three ways in three sources is one operation with all its slots', async () => {
  const { operations } = await discover(
    (origin) => ({ har: [har(origin, traffic)], postman: [save(collection(origin))] }),
    { '/openapi.json': document },
  );
  const read = find(operations, 'GET /api/projects/{id}');
  expect(read.sources.map((source) => source.split(':')[0])).toEqual(['openapi', 'har', 'postman']);
  expect(read.slots.map(({ in: place, name }) => `${place} ${name}`)).toEqual(['path id', 'query expand']);
  expect(slot(read, 'id')?.refersTo).toMatchObject({
    operation: 'POST /api/orgs/{org}/projects',
    pointer: '/id',
  });
  expect(find(operations, 'POST /api/orgs/{org}/projects').body?.schema).toMatchObject({
    properties: { name: {} },
  });
  expect(find(operations, 'GET /api/projects/export').sources).toHaveLength(1);
  expect(ids(operations).filter((id) => id.startsWith('GET /api/projects/{'))).toHaveLength(1);
});

test('files that are no recordings are named', async () => {
  const { operations, documents } = await discover(() => ({ har: [save({ a: 1 })], postman: [save([])] }));
  expect(operations).toEqual([]);
  expect(documents.map(({ problems }) => problems[0])).toEqual([
    'it is not a HAR file',
    'it is not a Postman collection of format 2.0 or 2.1',
  ]);
});
