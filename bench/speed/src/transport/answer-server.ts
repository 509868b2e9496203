import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

/** A small JSON answer such as applications give, served by a thread of its own. */
const answer = JSON.stringify(
  Array.from({ length: 10 }, (_, index) => ({ id: index, title: `Note ${index}`, text: 'x'.repeat(80) })),
);
const server = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread knows no origins
  if (address !== null && typeof address === 'object') parentPort?.postMessage(address.port);
});
