import { afterEach, expect, test } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { originOwnership, ownershipToken, proveOwnership } from './prove-ownership.ts';

let server: LoopbackServer;
afterEach(() => server.stop());

test('loopback is ours without asking', async () => {
  server = await startLoopbackServer((_, response) => response.end());
  const target = loopbackTarget(server.origin);
  expect(await proveOwnership(target, testTransport(target).transport)).toMatchObject({ proven: true });
  expect(server.seen).toEqual([]);
});

test('an origin is ours when it serves its token, and the refusal says what to serve where', async () => {
  let served = '<html>not found</html>';
  server = await startLoopbackServer((_, response) => response.end(served));
  const { transport } = testTransport(loopbackTarget(server.origin));
  const refused = await originOwnership('Acme', server.origin, transport);
  const token = ownershipToken('Acme', server.origin);
  expect(refused).toEqual({
    proven: false,
    because: `nothing shows that ${server.origin} is yours; serve the text ${token} at ${server.origin}/.well-known/launch-ready.txt`,
  });
  served = `other\n${token}\n`;
  expect(await originOwnership('Acme', server.origin, transport)).toMatchObject({ proven: true });
  expect(await originOwnership('Rival', server.origin, transport)).toMatchObject({ proven: false });
});
