import { once } from 'node:events';
import { createServer } from 'node:net';

/** Makes sure that nothing listens on this port of 127.0.0.1; 0 gives one that is free. */
export async function claimPort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    throw new Error(`port ${wanted} is taken; name another with --port`);
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : wanted;
}
