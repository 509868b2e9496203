import type { EvidenceMap, Operation } from '@launch-ready/core';
import { discoverOperations } from '../discover/discover-operations.ts';
import type { Target } from '../target/target.ts';
import { startLoopbackServer } from './loopback-server.ts';
import { loopbackTarget } from './loopback-target.ts';
import { testTransport } from './test-transport.ts';

/** What is discovered of a server that has these documents and nothing else. */
export async function discoverRecorded(
  build: (origin: string) => Partial<Target>,
  documents: Readonly<Record<string, unknown>> = {},
): Promise<EvidenceMap['operations']> {
  const server = await startLoopbackServer((request, response) => {
    const document = documents[request.url ?? ''];
    response
      .writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(document ?? {}));
  });
  try {
    const target = loopbackTarget(server.origin, build(server.origin));
    const { transport } = testTransport(target);
    return await discoverOperations({ target, transport });
  } finally {
    await server.stop();
  }
}

export const idsOf = (operations: readonly Operation[]): readonly string[] => operations.map(({ id }) => id);

/** The operation of this id; an error when there is none. */
export const operationOf = (operations: readonly Operation[], id: string): Operation => {
  const found = operations.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not among ${idsOf(operations).join(', ')}`);
  return found;
};
export const slotOf = (operation: Operation, name: string): Operation['slots'][number] | undefined =>
  operation.slots.find((one) => one.name === name);
