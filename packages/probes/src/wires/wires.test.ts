import type { Operation } from '@launch-ready/core';
import { buildSchema, graphql } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { discoverWires } from '../discover/discover-wires.ts';
import { operationsOfProcedures } from '../discover/trpc/operations-of-procedures.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport, type TestTransport } from '../testing/test-transport.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { spokenStep, type StepRequest } from './spoken-step.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

const schema = buildSchema(`
  type Team { id: ID! name: String! secretPlan: String }
  type Note { id: Int! title: String! team: Team }
  input NoteInput { title: String! }
  type Query { note(id: Int!): Note notes: [Note!]! }
  type Mutation { createNote(input: NoteInput!): Note deleteNote(id: Int!): Boolean }
`);
const team = {
  id: 't1',
  name: 'North',
  secretPlan: () => {
    throw new Error('you may not see the plan');
  },
};

/** A GraphQL server with one note; introspection can be off. */
async function noteServer(introspection: boolean): Promise<LoopbackServer> {
  const server = await startLoopbackServer((request, response) => {
    if (request.url !== '/graphql' || request.method !== 'POST')
      return response.writeHead(404).end('nothing here');
    const { query, variables } = JSON.parse(request.body);
    response.setHeader('content-type', 'application/json');
    if (!introspection && /__schema/.test(query))
      return response.writeHead(400).end('{"errors":[{"message":"GraphQL introspection is not allowed"}]}');
    const rootValue = {
      note: ({ id }: { id: number }) => {
        if (id === 2) throw new Error('Forbidden');
        return id === 1 ? { id: 1, title: 'first', team } : null;
      },
      notes: () => [{ id: 1, title: 'first', team }],
      createNote: ({ input }: { input: { title: string } }) => ({ id: 3, title: input.title, team: null }),
    };
    void graphql({ schema, source: query, variableValues: variables, rootValue }).then((result) =>
      response.writeHead(result.data === undefined ? 400 : 200).end(JSON.stringify(result)),
    );
    return undefined;
  });
  undo.push(() => server.stop());
  return server;
}

async function discovered(
  server: LoopbackServer,
): Promise<{ run: TestTransport; operations: readonly Operation[] }> {
  const target = loopbackTarget(server.origin);
  const run = testTransport(target);
  undo.push(() => run.transport.close());
  const { operations } = await discoverWires({ target, transport: run.transport, known: [], again: false });
  return { run, operations };
}

const call = async (
  run: TestTransport,
  operation: Operation | undefined,
  url: string,
  body?: OutgoingBody,
) => {
  if (!operation) throw new Error('the operation was not found');
  const answer = await run.transport.send({
    actor: 'anonymous',
    probe: 'test',
    purpose: 'test',
    method: operation.method,
    url,
    operation,
    ...(body ? { body } : {}),
    effect: operation.method === 'GET' ? { kind: 'none' } : { kind: 'session' },
  });
  if (answer.kind !== 'answer') throw new Error(answer.because);
  return { status: answer.status, json: answer.json() };
};

test('a GraphQL schema is asked in resource style, and refused reads, absent objects and numbers are told apart', async () => {
  const server = await noteServer(true);
  const { run, operations } = await discovered(server);
  expect(operations.map(({ id }) => id)).toEqual([
    'GET /graphql~/notes/{id}',
    'GET /graphql~/notes',
    'POST /graphql~/notes',
    'DELETE /graphql~/notes/{id}',
  ]);
  const [read, list, create] = operations;
  const item = (id: number): string => `${server.origin}/graphql~/notes/${id}`;
  // The plan of the team is refused, so that it is null; the note is there all the same.
  expect(await call(run, read, item(1))).toMatchObject({ status: 200, json: { id: 1, title: 'first' } });
  expect(await call(run, read, item(2))).toMatchObject({ status: 403 });
  expect(await call(run, read, item(9))).toMatchObject({ status: 404 });
  expect(await call(run, list, `${server.origin}/graphql~/notes`)).toMatchObject({
    json: [{ title: 'first' }],
  });
  expect(
    await call(run, create, `${server.origin}/graphql~/notes`, { kind: 'json', value: { title: 'new' } }),
  ).toMatchObject({ status: 200, json: { id: 3, title: 'new' } });
  expect(
    await call(run, create, `${server.origin}/graphql~/notes`, { kind: 'json', value: { title: 7 } }),
  ).toMatchObject({ status: 400, json: { errors: [{ path: ['title'] }] } });
  // What is kept is what was really said.
  const last = run.exchanges.at(-1);
  expect(last?.request).toMatchObject({ method: 'POST', url: `${server.origin}/graphql` });
  expect(last?.request.body?.text).toContain('createNote');
});

test('without introspection the fields of a GraphQL endpoint are guessed from its refusals in few requests', async () => {
  const server = await noteServer(false);
  const { run, operations } = await discovered(server);
  expect(operations.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['GET /graphql~/notes/{id}', 'GET /graphql~/notes', 'POST /graphql~/notes']),
  );
  expect(run.transport.requests.sent).toBeLessThanOrEqual(34);
  const read = operations.find(({ id }) => id === 'GET /graphql~/notes/{id}');
  expect(await call(run, read, `${server.origin}/graphql~/notes/1`)).toMatchObject({
    json: { title: 'first' },
  });
});

test('what a protocol cannot say is never sent, and scripts say the rest in its words', async () => {
  const server = await noteServer(true);
  const { run, operations } = await discovered(server);
  const [read] = operations;
  if (!read) throw new Error('nothing was found');
  const before = run.transport.requests.sent;
  await expect(call(run, read, `${server.origin}/graphql~/notes/1?tenant=south`)).rejects.toThrow(
    GuardRefusal,
  );
  expect(run.transport.requests.sent).toBe(before);
  const plain: StepRequest = { method: 'GET', path: '/graphql~/notes/{{o1}}', headers: {}, body: null };
  const step = spokenStep(read, plain);
  expect(step).toMatchObject({ method: 'POST', path: '/graphql' });
  expect(step.body?.text).toContain('"variables":{"id":{{o1}}}');
});

test('a tRPC procedure is called by its name with its input, and its envelope is opened', async () => {
  const server = await startLoopbackServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://trpc.test');
    response.setHeader('content-type', 'application/json');
    const input: unknown = JSON.parse(url.searchParams.get('input') ?? (request.body || 'null'));
    const asked = `${request.method} ${url.pathname} ${JSON.stringify(input)}`;
    if (asked === 'GET /trpc/post.byId {"id":"p1"}')
      return response.end('{"result":{"data":{"id":"p1","title":"first"}}}');
    if (asked === 'POST /trpc/post.create {"title":"new"}')
      return response.end('{"result":{"data":{"id":"p2"}}}');
    return response
      .writeHead(404)
      .end('{"error":{"message":"no such post","code":-32004,"data":{"code":"NOT_FOUND","httpStatus":404}}}');
  });
  undo.push(() => server.stop());
  const text = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
  const { operations } = operationsOfProcedures(
    [
      { path: 'post.byId', call: 'query', input: text },
      {
        path: 'post.create',
        call: 'mutation',
        input: { type: 'object', properties: { title: { type: 'string' } } },
      },
    ],
    { origin: server.origin, endpoint: '/trpc', transformer: 'none', source: 'test' },
  );
  expect(operations.map(({ id }) => id)).toEqual(['GET /trpc~/posts/{id}', 'POST /trpc~/posts']);
  const run = testTransport(loopbackTarget(server.origin));
  undo.push(() => run.transport.close());
  const [read, create] = operations;
  expect(await call(run, read, `${server.origin}/trpc~/posts/p1`)).toMatchObject({
    json: { title: 'first' },
  });
  expect(await call(run, read, `${server.origin}/trpc~/posts/p9`)).toMatchObject({ status: 404 });
  expect(
    await call(run, create, `${server.origin}/trpc~/posts`, { kind: 'json', value: { title: 'new' } }),
  ).toMatchObject({ json: { id: 'p2' } });
});
