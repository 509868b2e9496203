import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { connectSessions } from '../session/connect-sessions.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import type { Target } from '../target/target.ts';
import { discoverOperations } from './discover-operations.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

const document = {
  openapi: '3.1.0',
  paths: {
    '/api/me': { get: {} },
    '/api/v1/orders': { get: {}, post: {} },
    '/api/v1/orders/{id}': { get: {} },
    '/api/v1/orgs/{org}/invoices': { get: {} },
    '/api/v1/orgs/{org}/invoices/{id}': { get: {} },
  },
};

async function discover(
  other: (path: string, response: ServerResponse) => void,
  more: Partial<Target> = {},
): Promise<{ readonly guessed: readonly Operation[]; readonly asked: readonly string[] }> {
  server = await startLoopbackServer((request: IncomingMessage, response) => {
    const path = request.url ?? '';
    const json = (status: number, value: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/openapi.json') return json(200, document);
    if (request.headers.authorization === undefined) return json(401, {});
    if (path === '/api/me') return json(200, { id: 1, email: 'ada' });
    other(path, response);
  });
  const target = loopbackTarget(server.origin, {
    actors: [
      {
        id: 'north.admin',
        tenant: 'north',
        role: 'admin',
        login: { kind: 'bearer', token: 'a-token-of-ada' },
      },
    ],
    tenantIds: { north: { org: 'n1' } },
    ...more,
  });
  const { transport, clock } = testTransport(target);
  const known = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations: known.operations, clock });
  const before = server.seen.length;
  const { operations } = await discoverOperations({ target, transport, sessions, known });
  await transport.close();
  return {
    guessed: operations.filter(({ sources }) => sources.some((source) => source.startsWith('guess: '))),
    asked: server.seen.slice(before).filter((line) => !line.includes('openapi.json')),
  };
}

const reply = (response: ServerResponse, status: number, value: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

test('collections beside documented ones are found, by reading only and cheaply', async () => {
  const { guessed, asked } = await discover((path, response) => {
    if (path === '/api/v1/orders/all') return reply(response, 200, [{ id: 1, note: 'private' }]);
    if (path === '/api/v1/admin/orders') return reply(response, 200, { orders: [] });
    if (path === '/api/v1/orgs/n1/invoices/export') return reply(response, 200, { rows: [] });
    if (path === '/debug') return reply(response, 200, { env: 'x' });
    return reply(response, 404, { error: 'nothing here' });
  });
  expect(guessed.map(({ id }) => id).toSorted()).toEqual([
    'GET /api/v1/admin/orders',
    'GET /api/v1/orders/all',
    'GET /api/v1/orgs/{org}/invoices/export',
    'GET /debug',
  ]);
  expect(guessed.find(({ id }) => id.endsWith('orders/all'))).toMatchObject({
    sources: ['guess: a neighbour of GET /api/v1/orders, answered to north.admin'],
    responses: [
      { status: '200', schema: { type: 'array', items: { properties: { note: { type: 'string' } } } } },
    ],
  });
  expect(asked.length).toBeLessThanOrEqual(25);
  expect(asked.every((line) => line.startsWith('GET '))).toBe(true);
});

test('an application that answers every path alike has no neighbours', async () => {
  const page = await discover(
    (_path, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>app</html>'),
  );
  expect(page.guessed).toEqual([]);
  await server.stop();
  const json = await discover((path, response) => reply(response, 200, { path, items: [] }));
  expect(json.guessed).toEqual([]);
});

test('a path that takes any id is no neighbour, and words that the target file forbids are not asked', async () => {
  const { guessed, asked } = await discover(
    (path, response) => {
      const id = /^\/api\/v1\/orders\/([\w-]+)$/.exec(path)?.[1];
      return id === undefined ? reply(response, 404, {}) : reply(response, 200, { id, title: 'An order' });
    },
    { allow: { operations: [], never: ['export'] } },
  );
  expect(guessed).toEqual([]);
  expect(asked.some((line) => line.includes('/all'))).toBe(true);
  expect(asked.some((line) => line.includes('export'))).toBe(false);
});
