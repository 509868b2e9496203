import { createServer } from 'node:http';

/** Files that this machine serves to programs on it. */
export interface Served {
  readonly origin: string;
  /** Whether somebody asked for this path. */
  wasAsked(path: string): boolean;
  close(): Promise<void>;
}

/**
 * Serves a few JSON documents on a free port of the loopback address, for targets on this machine that may be led to fetch
 * them. Nothing outside this machine can reach it.
 */
export async function serveOnLoopback(documents: Readonly<Record<string, unknown>>): Promise<Served> {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.add(path);
    const found = Object.entries(documents).find(([name]) => name === path);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found?.[1] ?? {}));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    wasAsked: (path) => asked.has(path),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
