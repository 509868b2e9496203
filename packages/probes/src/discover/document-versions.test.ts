import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EvidenceMap } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { discoverOperations } from './discover-operations.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

async function read(document: unknown): Promise<EvidenceMap['operations']> {
  server = await startLoopbackServer((request, response) => {
    const here = request.url === '/swagger.json';
    response.writeHead(here ? 200 : 404).end(here ? JSON.stringify(document) : '');
  });
  const target = loopbackTarget(server.origin);
  return discoverOperations({ target, transport: testTransport(target).transport });
}

test('a Swagger 2.0 document is read whole', async () => {
  const { operations, documents } = await read({
    swagger: '2.0',
    info: { title: 'Shop', version: '1' },
    host: 'shop.example.test',
    basePath: '/v2',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    security: [{ key: [] }],
    definitions: {
      Item: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string', maxLength: 40 }, id: { type: 'string', readOnly: true } },
      },
    },
    parameters: { page: { name: 'page', in: 'query', type: 'integer', minimum: 1 } },
    paths: {
      '/items': {
        get: {
          parameters: [{ $ref: '#/parameters/page' }],
          responses: {
            200: { description: '', schema: { type: 'array', items: { $ref: '#/definitions/Item' } } },
          },
        },
        post: {
          parameters: [{ name: 'item', in: 'body', required: true, schema: { $ref: '#/definitions/Item' } }],
          responses: { 201: { schema: { $ref: '#/definitions/Item' } } },
        },
      },
      '/items/{id}/picture': {
        parameters: [{ name: 'id', in: 'path', required: true, type: 'integer', format: 'int64' }],
        post: {
          consumes: ['multipart/form-data'],
          security: [],
          parameters: [
            { name: 'file', in: 'formData', type: 'file', required: true },
            { name: 'caption', in: 'formData', type: 'string', maxLength: 80 },
            { name: 'X-Shop', in: 'header', type: 'string', required: true },
          ],
          responses: { 204: {} },
        },
      },
      '/items/{id}/form': {
        post: { parameters: [{ name: 'a', in: 'formData', type: 'array', items: { type: 'string' } }] },
      },
    },
  });
  expect(documents[0]).toMatchObject({
    title: 'Shop',
    version: '1',
    problems: [expect.stringContaining('https://shop.example.test is not an origin')],
  });
  expect(operations.map(({ id, declaredAuth }) => [id, declaredAuth])).toEqual([
    ['GET /v2/items', 'required'],
    ['POST /v2/items', 'required'],
    ['POST /v2/items/{id}/picture', 'public'],
    ['POST /v2/items/{id}/form', 'required'],
  ]);
  const [list, create, picture, form] = operations;
  expect(list?.slots).toEqual([
    { in: 'query', name: 'page', required: false, schema: { type: 'integer', minimum: 1 } },
  ]);
  expect(list?.responses).toMatchObject([
    {
      status: '200',
      contentType: 'application/json',
      schema: { items: { properties: { name: { maxLength: 40 } } } },
    },
  ]);
  expect(create?.body).toMatchObject({ contentType: 'application/json', required: true });
  expect(create?.slots.map(({ name, required }) => [name, required])).toEqual([['/name', true]]);
  expect(picture?.body).toEqual({
    contentType: 'multipart/form-data',
    required: true,
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' }, caption: { type: 'string', maxLength: 80 } },
    },
  });
  expect(picture?.slots.map((slot) => `${slot.in} ${slot.name} ${slot.required}`)).toEqual([
    'path id true',
    'header X-Shop true',
    'body /file true',
    'body /caption false',
  ]);
  expect(form?.body?.contentType).toBe('application/x-www-form-urlencoded');
});

test('what OpenAPI 3.2 adds is read, and what cannot be tested is named', async () => {
  const { operations, documents } = await read({
    openapi: '3.2.0',
    tags: [{ name: 'feeds', parent: 'content' }, { name: 'content' }],
    paths: {
      '/feeds': {
        get: {
          tags: ['feeds'],
          parameters: [
            {
              name: 'all',
              in: 'querystring',
              content: {
                'application/x-www-form-urlencoded': {
                  schema: {
                    type: 'object',
                    required: ['org'],
                    properties: { org: { type: 'string' }, q: { type: 'string' } },
                  },
                },
              },
            },
            { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
          ],
          responses: {
            200: {
              content: { 'text/event-stream': { itemSchema: { type: 'object', properties: { id: {} } } } },
            },
          },
        },
        query: { responses: {} },
        additionalOperations: { COPY: { responses: {} } },
      },
    },
  });
  expect(operations).toMatchObject([
    {
      id: 'GET /feeds',
      tags: ['feeds', 'content'],
      slots: [
        { in: 'query', name: 'org', required: true },
        { in: 'query', name: 'q', required: false },
        { in: 'query', name: 'filter', schema: { type: 'object' } },
      ],
      responses: [
        { contentType: 'text/event-stream', schema: { type: 'array', items: { properties: { id: {} } } } },
      ],
    },
  ]);
  expect(documents[0]?.problems).toEqual(['QUERY /feeds is not tested', 'COPY /feeds is not tested']);
});

test('a document that lies beside the target file is read, and nothing else is looked for', async () => {
  server = await startLoopbackServer((_request, response) => void response.writeHead(404).end());
  const path = join(mkdtempSync(join(tmpdir(), 'document-')), 'api.yaml');
  writeFileSync(path, 'openapi: 3.0.3\ninfo: { title: Local }\npaths:\n  /notes: { get: {} }\n');
  const target = loopbackTarget(server.origin, { openapi: [pathToFileURL(path).href] });
  const found = await discoverOperations({ target, transport: testTransport(target).transport });
  expect(found.operations).toMatchObject([
    { id: 'GET /notes', origin: server.origin, sources: ['openapi: api.yaml'] },
  ]);
  expect(found.documents).toMatchObject([{ source: 'openapi: api.yaml', title: 'Local' }]);
  expect(server.seen.filter((line) => line.startsWith('GET'))).toEqual([]);
});
