import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { ShareSpent, TargetStrained } from './transport-errors.ts';
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

const routes = ['/a', '/b', '/c', '/d', '/e', '/f'];
const route = (index: number): string => routes[index % routes.length] ?? '/a';

/** Sends as probes do, one after the other, until something is thrown. */
async function sendMany(
  transport: ReturnType<typeof testTransport>['transport'],
  count: number,
  more: Partial<OutgoingRequest> = {},
): Promise<unknown> {
  for (let index = 0; index < count; index += 1) {
    try {
      await transport.send(get(route(index), more));
    } catch (error) {
      return error;
    }
  }
  return null;
}

test('a server that breaks down is given pauses, then left alone, and is still cleaned up', async () => {
  let answered = 0;
  server = await startLoopbackServer((_, response) => {
    answered += 1;
    response.writeHead(answered > 60 ? 503 : 200).end('{}');
  });
  const { transport, slept } = testTransport(loopbackTarget(server.origin));
  const error = await sendMany(transport, 400);
  expect(error).toBeInstanceOf(TargetStrained);
  expect(String(error)).toContain('does not bear the run');
  expect(slept).toEqual(expect.arrayContaining([2000, 5000, 15_000]));
  expect(answered).toBeLessThan(90);
  await expect(transport.send(get('/a'))).rejects.toBeInstanceOf(TargetStrained);
  transport.beginCleanUp();
  expect(await transport.send(get('/a'))).toMatchObject({ kind: 'answer', status: 503 });
});

test('a server that recovers during a pause is gone on with', async () => {
  let broken = false;
  let answered = 0;
  server = await startLoopbackServer((_, response) => {
    answered += 1;
    if (answered === 61) broken = true;
    if (answered === 67) broken = false;
    response.writeHead(broken ? 503 : 200).end('{}');
  });
  const { transport, slept } = testTransport(loopbackTarget(server.origin));
  expect(await sendMany(transport, 200)).toBeNull();
  expect(slept).toContain(2000);
});

test('routes that always fail, and errors that are provoked on purpose, end no run', async () => {
  server = await startLoopbackServer(({ url }, response) =>
    response.writeHead(url === '/a' || url === '/b' || url === '/c' ? 500 : 200).end('{}'),
  );
  const { transport, slept } = testTransport(loopbackTarget(server.origin));
  expect(await sendMany(transport, 300)).toBeNull();
  expect(slept).not.toContain(2000);
  const before = server.seen.length;
  expect(await sendMany(transport, 60, { probe: 'input/input-handling' })).toBeNull();
  expect(server.seen.length - before).toBe(60);
});

test('a server that takes three times as long is given a pause', async () => {
  let answered = 0;
  let now = 0;
  server = await startLoopbackServer((_, response) => {
    answered += 1;
    now += answered > 60 && answered < 74 ? 280 : 1;
    response.end('{}');
  });
  const { transport, slept } = testTransport(loopbackTarget(server.origin), { monotonic: () => now });
  expect(await sendMany(transport, 100)).toBeNull();
  expect(slept).toContain(2000);
});

test('a probe that has sent its share is told so, and the next one goes on', async () => {
  server = await startLoopbackServer((_, response) => response.end('{}'));
  const { transport } = testTransport(loopbackTarget(server.origin));
  transport.limitNext(3);
  expect(await sendMany(transport, 9)).toBeInstanceOf(ShareSpent);
  expect(server.seen).toHaveLength(3);
  transport.limitNext(2);
  expect(await sendMany(transport, 2)).toBeNull();
  transport.limitNext(null);
  expect(await sendMany(transport, 9)).toBeNull();
});
