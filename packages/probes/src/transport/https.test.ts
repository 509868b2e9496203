import { createServer as createSecureServer } from 'node:https';
import { createSecureServer as createSecureHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport, type TestTransport } from '../testing/test-transport.ts';
import type { OutgoingRequest } from './transport.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

const certificate = (name: string): Promise<{ private: string; cert: string }> =>
  generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });

const get = (origin: string): OutgoingRequest => ({
  actor: 'anonymous',
  probe: 'test',
  purpose: 'test',
  method: 'GET',
  url: `${origin}/`,
  effect: { kind: 'none' },
});

function transportTo(origin: string, certificateAuthority: string | null): TestTransport {
  const run = testTransport(loopbackTarget(origin, { certificateAuthority }));
  undo.push(() => run.transport.close());
  return run;
}

test('a certificate is taken when its authority is named, and refused in one line that says what to change', async () => {
  const own = await certificate('localhost');
  const other = await certificate('localhost');
  const elsewhere = await certificate('elsewhere.test');
  const serve = async (pair: { private: string; cert: string }): Promise<string> => {
    const server = createSecureServer({ key: pair.private, cert: pair.cert }, (_, response) =>
      response.end('ok'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  };
  const origin = await serve(own);
  expect(await transportTo(origin, own.cert).transport.send(get(origin))).toMatchObject({ text: 'ok' });
  expect(await transportTo(origin, null).transport.send(get(origin))).toMatchObject({ text: 'ok' });
  expect(await transportTo(origin, other.cert).transport.send(get(origin))).toMatchObject({
    kind: 'no-answer',
    because: expect.stringMatching(
      /^its certificate is signed by nobody known: name its authority .*\([A-Z_]+\)$/,
    ),
  });
  const misnamed = await serve(elsewhere);
  expect(await transportTo(misnamed, elsewhere.cert).transport.send(get(misnamed))).toMatchObject({
    kind: 'no-answer',
    because: expect.stringMatching(/^its certificate is for another name: /),
  });
});

test('requests together go over HTTP/2 where TLS offers it, and over HTTP/1.1 where it does not', async () => {
  const pair = await certificate('localhost');
  for (const [allowed, version] of [
    [['h2', 'http/1.1'], '2'],
    [['http/1.1'], '1.1'],
  ] as const) {
    const server =
      version === '2'
        ? createSecureHttp2Server({ key: pair.private, cert: pair.cert, allowHTTP1: true }, (_, response) =>
            response.end('ok'),
          )
        : createSecureServer(
            { key: pair.private, cert: pair.cert, ALPNProtocols: [...allowed] },
            (_, response) => response.end('ok'),
          );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    const { transport } = transportTo(origin, pair.cert);
    const { httpVersion, results } = await transport.sendTogether([get(origin), get(origin), get(origin)]);
    expect(httpVersion).toBe(version);
    expect(results.map((one) => (one.kind === 'answer' ? one.text : one.because))).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
  }
});

test('a stream of events that never ends is listened to for a while, and what came is received', async () => {
  const server = await startLoopbackServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: lrcanary\n\n');
  });
  undo.push(() => server.stop());
  const { transport } = testTransport(loopbackTarget(server.origin));
  const received: string[] = [];
  transport.onReceived((_, { text }) => received.push(text));
  const answer = await transport.send({ ...get(server.origin), timeoutMs: 500 });
  expect(answer).toMatchObject({ kind: 'answer', status: 200, text: 'data: lrcanary\n\n' });
  expect(received).toEqual(['data: lrcanary\n\n']);
});
