import { gzipSync } from 'node:zlib';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { BudgetSpent, GuardRefusal, Stopped, TargetLost } from './transport-errors.ts';
import type { OutgoingRequest } from './transport.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

const get = (path: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  actor: 'anonymous',
  probe: 'test',
  purpose: 'test',
  method: 'GET',
  url: `${server.origin}${path}`,
  effect: { kind: 'none' },
  ...more,
});

test('a path goes onto the wire as it was written', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const { transport } = testTransport(loopbackTarget(server.origin));
  await transport.send(get('/a/../b//c;x=1/%2e%2e/d?q=a%20b'));
  expect(server.seen).toEqual(['GET /a/../b//c;x=1/%2e%2e/d?q=a%20b']);
});

test('a compressed answer is decoded and repeated headers are kept', async () => {
  server = await startLoopbackServer((_, response) => {
    response.writeHead(
      200,
      [
        ['content-encoding', 'gzip'],
        ['set-cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ].flat(),
    );
    response.end(gzipSync('{"hello":"world"}'));
  });
  const { transport } = testTransport(loopbackTarget(server.origin));
  const answer = await transport.send(get('/'));
  if (answer.kind !== 'answer') throw new Error(answer.because);
  expect(answer.json()).toEqual({ hello: 'world' });
  expect(answer.headerValues('set-cookie')).toEqual(['a=1', 'b=2']);
});

test('an empty answer that claims to be compressed is empty', async () => {
  server = await startLoopbackServer((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
  );
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/', { method: 'HEAD' }))).toMatchObject({
    kind: 'answer',
    status: 200,
    text: '',
  });
  expect(await transport.send(get('/'))).toMatchObject({ kind: 'answer', status: 200, text: '' });
});

test('an answer that is not what its encoding says is no answer', async () => {
  server = await startLoopbackServer((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
  );
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/'))).toMatchObject({ kind: 'no-answer', cause: 'protocol' });
});

test('a request that cannot be written is no answer', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/', { headers: [['x-a', 'line\nbreak']] }))).toMatchObject({
    kind: 'no-answer',
    cause: 'protocol',
  });
});

test('an answer above the limit is cut off, also when it is a small bomb', async () => {
  server = await startLoopbackServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
  });
  const { transport, exchanges } = testTransport(loopbackTarget(server.origin));
  const answer = await transport.send(get('/'));
  expect(answer).toMatchObject({ kind: 'no-answer', cause: 'too-large' });
  expect(exchanges[0]?.response?.body.bytes).toBe(5 * 1024 * 1024);
  expect(exchanges[0]?.response?.body.cut).toBe(true);
});

test('a redirect is an answer and is never followed', async () => {
  server = await startLoopbackServer((_, response) => response.writeHead(302, { location: '/loop' }).end());
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/loop'))).toMatchObject({ kind: 'answer', status: 302 });
  expect(server.seen).toHaveLength(1);
});

test('a broken-off answer is a reset, not an answer', async () => {
  server = await startLoopbackServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/'))).toMatchObject({ kind: 'no-answer', cause: 'reset' });
});

test('a target that hangs is a timeout', async () => {
  server = await startLoopbackServer(() => {});
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/', { timeoutMs: 50 }))).toMatchObject({
    kind: 'no-answer',
    cause: 'timeout',
  });
});

test('a target that dies midway is lost after several failures and one more try', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const { transport } = testTransport(loopbackTarget(server.origin));
  expect((await transport.send(get('/'))).kind).toBe('answer');
  await server.stop();
  expect(await transport.send(get('/'))).toMatchObject({ kind: 'no-answer', cause: 'refused' });
  await transport.send(get('/'));
  await expect(transport.send(get('/'))).rejects.toThrow(TargetLost);
  await expect(transport.send(get('/'))).rejects.toThrow(/does not answer: no connection/);
});

test('a route that drops every connection does not make the target lost', async () => {
  server = await startLoopbackServer((request, response) => {
    if (request.url === '/drops') response.destroy();
    else response.end('ok');
  });
  const { transport } = testTransport(loopbackTarget(server.origin));
  for (let count = 0; count < 7; count += 1) {
    expect(await transport.send(get('/drops'))).toMatchObject({ kind: 'no-answer', cause: 'reset' });
  }
});

test('429 with Retry-After is waited out and sent again, each try recorded', async () => {
  let asked = 0;
  server = await startLoopbackServer((_, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(429, { 'retry-after': '7' }).end();
    else response.end('ok');
  });
  const { transport, slept, exchanges } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/'))).toMatchObject({ status: 200 });
  expect(slept).toContain(7000);
  expect(exchanges.map((exchange) => exchange.response?.status)).toEqual([429, 200]);
});

test('429 is given back at once when the probe asks for it or the wait is too long', async () => {
  server = await startLoopbackServer((_, response) =>
    response.writeHead(429, { 'retry-after': '3600' }).end(),
  );
  const { transport, slept } = testTransport(loopbackTarget(server.origin));
  expect(await transport.send(get('/'))).toMatchObject({ status: 429 });
  expect(await transport.send(get('/', { obeyRateLimit: false }))).toMatchObject({ status: 429 });
  expect(slept).toEqual([]);
  expect(server.seen).toHaveLength(2);
});

test('the budget ends the sending', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const limits = { requestsPerSecond: 1000, maxRequests: 2, concurrency: 1 };
  const { transport } = testTransport(loopbackTarget(server.origin, { limits }));
  await transport.send(get('/'));
  await transport.send(get('/'));
  await expect(transport.send(get('/'))).rejects.toThrow(BudgetSpent);
  expect(transport.requests).toEqual({ sent: 2, budget: 2 });
});

test('a stop ends the sending, and cleaning up goes on', async () => {
  server = await startLoopbackServer((request, response) => {
    if (request.url !== '/hangs') response.end('ok');
  });
  const controller = new AbortController();
  const { transport } = testTransport(loopbackTarget(server.origin), { signal: controller.signal });
  const hanging = transport.send(get('/hangs'));
  setTimeout(() => controller.abort(), 20);
  await expect(hanging).rejects.toThrow(Stopped);
  await expect(transport.send(get('/'))).rejects.toThrow(Stopped);
  transport.beginCleanUp();
  expect(await transport.send(get('/'))).toMatchObject({ status: 200 });
});

test('no more requests are under way than allowed', async () => {
  let now = 0;
  let most = 0;
  server = await startLoopbackServer((_, response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      response.end('ok');
    }, 5);
  });
  const limits = { requestsPerSecond: 1000, maxRequests: 100, concurrency: 3 };
  const { transport } = testTransport(loopbackTarget(server.origin, { limits }));
  await Promise.all(Array.from({ length: 12 }, () => transport.send(get('/'))));
  expect(most).toBe(3);
});

test('requests above the rate wait for their turn', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const limits = { requestsPerSecond: 2, maxRequests: 100, concurrency: 1 };
  const { transport, slept } = testTransport(loopbackTarget(server.origin, { limits }));
  for (let count = 0; count < 4; count += 1) await transport.send(get('/'));
  expect(slept.length).toBe(2);
});

test('another origin is out of scope', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const { transport } = testTransport(loopbackTarget(server.origin));
  const elsewhere = [
    `http://127.0.0.1:1/`,
    `http://user@127.0.0.1/`,
    `${server.origin}@evil.test/`,
    'file:///etc/passwd',
  ];
  for (const url of elsewhere) await expect(transport.send(get('', { url }))).rejects.toThrow(GuardRefusal);
  expect(server.seen).toEqual([]);
});

test('HTTP/2 is spoken when asked for', async () => {
  server = await startLoopbackServer((_, response) => response.end('ok'));
  const h2 = createHttp2Server();
  h2.on('stream', (stream, headers) => {
    stream.respond({ ':status': 200, 'set-cookie': ['a=1', 'b=2'] });
    stream.end(`${headers[':method']} ${headers[':path']} ${headers['cookie']}`);
  });
  await new Promise<void>((resolve) => h2.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(h2.address() as AddressInfo).port}`;
  const { transport } = testTransport(loopbackTarget(origin));
  const answer = await transport.send(
    get('', { url: `${origin}/a/../b`, httpVersion: '2', headers: [['cookie', 'x=1']] }),
  );
  await transport.close();
  await new Promise<void>((resolve) => h2.close(() => resolve()));
  if (answer.kind !== 'answer') throw new Error(answer.because);
  expect(answer.text).toBe('GET /a/../b x=1');
  expect(answer.headerValues('set-cookie')).toEqual(['a=1', 'b=2']);
});
