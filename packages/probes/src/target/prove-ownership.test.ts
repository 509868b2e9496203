import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { startLoopbackDns } from '../testing/loopback-dns.ts';
import { createTxtResolver } from '../transport/txt-resolver.ts';
import { originOwnership, ownershipToken, proveOwnership } from './prove-ownership.ts';

let server: LoopbackServer;
const noRecords = async () => ({ kind: 'records', records: [] }) as const;
afterEach(() => server.stop());

test('loopback is ours without asking', async () => {
  server = await startLoopbackServer((_, response) => response.end());
  const target = loopbackTarget(server.origin);
  expect(await proveOwnership(target, testTransport(target).transport, noRecords)).toMatchObject({
    proven: true,
  });
  expect(server.seen).toEqual([]);
});

test('an origin is ours when it serves its token, and the refusal says what to serve where', async () => {
  let served = '<html>not found</html>';
  server = await startLoopbackServer((_, response) => response.end(served));
  const { transport } = testTransport(loopbackTarget(server.origin));
  const refused = await originOwnership('Acme', server.origin, { transport, txtRecords: noRecords });
  const token = ownershipToken('Acme', server.origin);
  expect(refused).toEqual({
    proven: false,
    because: `nothing shows that ${server.origin} is yours; serve the text ${token} at ${server.origin}/.well-known/launch-ready.txt`,
  });
  served = `other\n${token}\n`;
  expect(await originOwnership('Acme', server.origin, { transport, txtRecords: noRecords })).toMatchObject({
    proven: true,
  });
  expect(await originOwnership('Rival', server.origin, { transport, txtRecords: noRecords })).toMatchObject({
    proven: false,
  });
});

test('an origin is ours when DNS has its token below its name, and a silent name server is named', async () => {
  server = await startLoopbackServer((_, response) => response.writeHead(404).end());
  const { port } = new URL(server.origin);
  const origin = `http://localhost:${port}`;
  const target = loopbackTarget(origin);
  const { transport } = testTransport(target);
  const token = ownershipToken('Acme', origin);
  const dns = await startLoopbackDns({
    '_launch-ready.localhost': ['v=other', `${'x'.repeat(300)} ${token}`],
  });
  const txtRecords = createTxtResolver([dns.server]);
  expect(await originOwnership('Acme', origin, { transport, txtRecords })).toEqual({
    proven: true,
    because: 'the token is in DNS at _launch-ready.localhost',
  });
  expect(dns.asked).toEqual(['_launch-ready.localhost']);
  expect(await originOwnership('Rival', origin, { transport, txtRecords })).toEqual({
    proven: false,
    because: `nothing shows that ${origin} is yours; serve the text ${ownershipToken('Rival', origin)} at ${origin}/.well-known/launch-ready.txt, or publish it as a TXT record of _launch-ready.localhost`,
  });
  await dns.stop();
  const refusing = await startLoopbackDns({}, true);
  expect(
    await originOwnership('Acme', origin, { transport, txtRecords: createTxtResolver([refusing.server]) }),
  ).toMatchObject({
    proven: false,
    because: expect.stringContaining('(DNS: _launch-ready.localhost could not be looked up'),
  });
  await refusing.stop();
});
