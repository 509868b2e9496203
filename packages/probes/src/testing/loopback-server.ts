import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackServer {
  readonly origin: string;
  /** Request lines in order: `GET /a/../b`. */
  readonly seen: readonly string[];
  stop(): Promise<void>;
}

/** A real HTTP server on a free loopback port, for tests. */
export async function startLoopbackServer(
  handle: (request: IncomingMessage & { readonly body: string }, response: ServerResponse) => void,
): Promise<LoopbackServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      handle(Object.assign(request, { body: Buffer.concat(chunks).toString() }), response),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
