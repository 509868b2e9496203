import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it went through, and what came back. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

export interface RecordingProxy {
  readonly origin: string;
  readonly passed: readonly Passed[];
  close(): Promise<void>;
}

/** Stands between an engine and a server, hands everything on, and remembers it in the order of arrival. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const passed: Passed[] = [];
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url: path = '', rawHeaders, headers } = incoming;
      const onward = ask({ hostname, port, method, path, headers, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const whole = Buffer.concat(parts);
          passed.push({
            method,
            path,
            headers: rawHeaders.join('\n'),
            body: body.toString(),
            status: answer.statusCode ?? 0,
            answer: whole.toString(),
          });
          outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
          outgoing.end(whole);
        });
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
