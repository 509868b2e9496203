import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { otherRate } from './transport/other-rate.ts';
import { ownRate } from './transport/own-rate.ts';

const seconds = 3;
const connections = 8;

/** Prints requests per second of both and their ratio, measured one after the other on one server. */
const server = new Worker(new URL('./transport/answer-server.ts', import.meta.url));
try {
  const [port] = await once(server, 'message');
  const origin = `http://127.0.0.1:${port}`;
  await ownRate(origin, 1, connections);
  await otherRate(origin, 1, connections);
  const own = await ownRate(origin, seconds, connections);
  const other = await otherRate(origin, seconds, connections);
  process.stdout.write(
    `transport: ${Math.round(own)} requests/s with guard, redaction and transcript; autocannon: ${Math.round(other)} requests/s without; ratio ${(own / other).toFixed(2)}\n`,
  );
} finally {
  await server.terminate();
}
