import { createServer, type RequestListener, type Server } from 'node:http';

/** Serves on a free port of the loopback address until closed; `upgrade` adds what is not plain HTTP. */
export async function listen(
  listener: RequestListener,
  upgrade?: (server: Server) => void,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer(listener);
  upgrade?.(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
