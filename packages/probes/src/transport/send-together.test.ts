import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Operation } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { BudgetSpent, GuardRefusal } from './transport-errors.ts';
import type { OutgoingRequest } from './transport.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

const login: Operation = {
  id: 'POST /accept',
  method: 'POST',
  path: '/accept',
  origin: '',
  tags: [],
  slots: [],
  responses: [],
  declaredAuth: 'unstated',
  sources: [],
};
const accept = (origin: string, token: string): OutgoingRequest => ({
  actor: 'anonymous',
  probe: 'test',
  purpose: 'race',
  method: 'POST',
  url: `${origin}/accept`,
  operation: login,
  body: { kind: 'json', value: { token } },
  effect: { kind: 'session' },
});
const get = (origin: string): OutgoingRequest => ({
  actor: 'anonymous',
  probe: 'test',
  purpose: 'race',
  method: 'GET',
  url: `${origin}/`,
  effect: { kind: 'none' },
});

/** A token that is checked first and used up a moment later: the window of a race. */
const checkThenAct = (): ((done: (accepted: boolean) => void) => void) => {
  let used = false;
  return (done) => {
    const free = !used;
    setTimeout(() => {
      used = true;
      done(free);
    }, 3);
  };
};

test('requests over HTTP/2 reach a window that opens for milliseconds, and are recorded as such', async () => {
  const redeem = checkThenAct();
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.resume();
    stream.on('end', () =>
      redeem((accepted) => {
        stream.respond({ ':status': accepted ? 200 : 409, 'content-type': 'application/json' });
        stream.end('{}');
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { transport, exchanges } = testTransport(loopbackTarget(origin));
  undo.push(() => transport.close());
  const { httpVersion, results } = await transport.sendTogether(
    Array.from({ length: 10 }, () => accept(origin, 'one')),
  );
  expect(httpVersion).toBe('2');
  expect(results.map((one) => (one.kind === 'answer' ? one.status : one.because))).toEqual(
    Array.from({ length: 10 }, () => 200),
  );
  expect(exchanges.map((one) => one.request.httpVersion)).toEqual(Array.from({ length: 10 }, () => '2'));
  expect(transport.requests.sent).toBe(10);
});

test('a server without HTTP/2 gets the last bytes at once over connections of their own, with and without bodies', async () => {
  const redeem = checkThenAct();
  const server = await startLoopbackServer((request, response) =>
    redeem((accepted) => response.writeHead(accepted ? 200 : 409).end(request.body)),
  );
  undo.push(() => server.stop());
  const { transport } = testTransport(loopbackTarget(server.origin));
  undo.push(() => transport.close());
  const { httpVersion, results } = await transport.sendTogether([
    ...Array.from({ length: 4 }, (_, index) => accept(server.origin, `t${index}`)),
    get(server.origin),
  ]);
  expect(httpVersion).toBe('1.1');
  expect(results.map((one) => (one.kind === 'answer' ? `${one.status} ${one.text}` : one.because))).toEqual([
    '200 {"token":"t0"}',
    '200 {"token":"t1"}',
    '200 {"token":"t2"}',
    '200 {"token":"t3"}',
    '200 ',
  ]);
});

test('one request that the guard refuses keeps all of them back, as does a budget too small for all', async () => {
  const server = await startLoopbackServer((_, response) => response.end('ok'));
  undo.push(() => server.stop());
  const { transport } = testTransport(
    loopbackTarget(server.origin, { limits: { requestsPerSecond: 100, maxRequests: 2, concurrency: 1 } }),
  );
  undo.push(() => transport.close());
  const changing: OutgoingRequest = { ...accept(server.origin, 't'), effect: { kind: 'none' } };
  await expect(transport.sendTogether([get(server.origin), changing])).rejects.toThrow(GuardRefusal);
  await expect(
    transport.sendTogether([get(server.origin), get(server.origin), get(server.origin)]),
  ).rejects.toThrow(BudgetSpent);
  expect(server.seen).toEqual([]);
});
