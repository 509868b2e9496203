import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRedactor } from '@launch-ready/core';
import { WebSocketServer } from 'ws';
import { afterEach, expect, test } from 'vitest';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

test('a WebSocket is opened with a credential and an origin, its frames are received, and it is recorded redacted', async () => {
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    verifyClient: (info: { req: IncomingMessage; origin: string }) =>
      info.req.headers.authorization === 'Bearer token-of-north-1' && info.origin === 'https://app.test',
  });
  server.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => socket.send(`heard ${data.toString()}`)),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  undo.push(() => new Promise((resolve) => http.close(resolve)));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const { transport, exchanges } = testTransport(loopbackTarget(origin), {
    redactor: createRedactor({ key: 'test' }),
  });
  undo.push(() => transport.close());
  const frames: string[] = [];
  const arrived = new Promise<void>((resolve) =>
    transport.onReceived((_, { text }) => {
      frames.push(text);
      resolve();
    }),
  );
  const ask = (token: string) =>
    transport.openSocket({
      actor: 'north.member',
      probe: 'test',
      purpose: 'listen',
      url: `${origin}/live`,
      headers: [
        ['authorization', `Bearer ${token}`],
        ['origin', 'https://app.test'],
      ],
      hello: ['subscribe notes with token-of-north-1'],
    });
  expect(await ask('another')).toMatchObject({ kind: 'refused', status: 401 });
  const socket = await ask('token-of-north-1');
  if (socket.kind !== 'open') throw new Error('it was not opened');
  await arrived;
  await socket.close();
  expect(frames).toEqual(['heard subscribe notes with token-of-north-1']);
  expect(exchanges.map(({ response }) => response?.status)).toEqual([401, 101]);
  expect(exchanges[1]?.response?.body.text).toMatch(/^heard subscribe/);
  expect(JSON.stringify(exchanges)).not.toContain('token-of-north-1');
});
