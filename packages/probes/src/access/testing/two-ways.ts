import { randomUUID } from 'node:crypto';
import type { EvidenceKind, EvidenceMap, Operation } from '@launch-ready/core';
import type { Probe, ProbeContext } from '../../probe.ts';
import { seededRandom } from '../../seeded-random.ts';
import { connectSessions } from '../../session/connect-sessions.ts';
import type { TargetActor } from '../../target/target.ts';
import { loopbackTarget } from '../../testing/loopback-target.ts';
import { startLoopbackServer } from '../../testing/loopback-server.ts';
import { testTransport } from '../../testing/test-transport.ts';
import { createLeakIndex } from '../../leaks/leak-index.ts';

interface Item {
  readonly id: string;
  readonly tenant: string;
  readonly boxId: string | null;
  title: string;
}

interface TwoWaysFaults {
  /** Notes in a box of any tenant are listed. */
  readonly openBox?: boolean;
  /** A note is put into a box of any tenant. */
  readonly intoBox?: boolean;
  /** Every answer to a read of one box is empty, its owner's too. */
  readonly blankBox?: boolean;
}

const actors: readonly TargetActor[] = ['north', 'south'].map((tenant) => ({
  id: `${tenant}.member`,
  tenant,
  role: 'member',
  login: { kind: 'bearer', token: `token-of-${tenant}` },
}));

/** Notes are made alone by `POST /notes`, and in a box by `POST /boxes/{boxId}/notes`: a review of both. */
export async function reviewTwoWays(faults: TwoWaysFaults): Promise<{
  gather<K extends EvidenceKind>(probe: Probe<K>): Promise<EvidenceMap[K]>;
  stop(): Promise<void>;
}> {
  const boxes = new Map<string, Item>();
  const notes = new Map<string, Item>();
  const server = await startLoopbackServer((request, response) => {
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    };
    const tenant = /^Bearer token-of-(north|south)$/.exec(request.headers.authorization ?? '')?.[1];
    if (tenant === undefined) return reply(401, { error: 'log in first' });
    const [kind, id, below] = new URL(request.url ?? '/', 'http://app.test').pathname.split('/').slice(1);
    if (kind === 'me') return reply(200, { email: `member@${tenant}.test` });
    const { title } = JSON.parse(request.body === '' ? '{}' : request.body);
    const make = (store: Map<string, Item>, owner: string, boxId: string | null): void => {
      if (typeof title !== 'string') return reply(400, { error: 'title is required' });
      const item: Item = { id: randomUUID(), tenant: owner, boxId, title };
      store.set(item.id, item);
      return reply(201, item);
    };
    const store = kind === 'boxes' ? boxes : notes;
    if (id === undefined) {
      if (request.method === 'POST') return make(store, tenant, null);
      return reply(
        200,
        [...store.values()].filter((one) => one.tenant === tenant),
      );
    }
    const item = store.get(id);
    if (faults.blankBox && item && kind === 'boxes' && below === undefined && request.method === 'GET')
      return reply(200, {});
    const isOpen = request.method === 'POST' ? faults.intoBox : faults.openBox;
    if (!item || (item.tenant !== tenant && !(below === 'notes' && isOpen)))
      return reply(404, { error: 'not found' });
    if (below === 'notes') {
      if (request.method === 'POST') return make(notes, item.tenant, id);
      return reply(
        200,
        [...notes.values()].filter(({ boxId }) => boxId === id),
      );
    }
    if (request.method === 'DELETE') {
      store.delete(id);
      return reply(204, null);
    }
    return reply(200, item);
  });
  const target = loopbackTarget(server.origin, {
    actors,
    limits: { requestsPerSecond: 10_000, maxRequests: 10_000, concurrency: 8 },
  });
  const { transport, ledger, clock } = testTransport(target, { mode: 'full' });
  const operation = (method: Operation['method'], path: string): Operation => ({
    id: `${method} ${path}`,
    method,
    path,
    origin: server.origin,
    tags: [],
    slots: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ in: 'path', name, required: true })),
    responses: [],
    declaredAuth: 'required',
    sources: ['source: src/app.ts:1'],
    ...(method === 'POST'
      ? {
          body: {
            contentType: 'application/json',
            required: true,
            schema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
          },
        }
      : {}),
  });
  const operations = [
    operation('GET', '/me'),
    ...['/boxes', '/notes', '/boxes/{boxId}/notes'].flatMap((path) => [
      operation('GET', path),
      operation('POST', path),
    ]),
    ...['/boxes/{boxId}', '/notes/{noteId}'].flatMap((path) => [
      operation('GET', path),
      operation('DELETE', path),
    ]),
  ];
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const tenantOf = (id: string): string | null => actors.find((one) => one.id === id)?.tenant ?? null;
  const gathered: { [K in EvidenceKind]?: EvidenceMap[K] } = {};
  const context: ProbeContext = {
    target,
    mode: 'full',
    transport,
    sessions,
    operations,
    ledger,
    leaks: createLeakIndex({ transport, ledger, tenantOf }),
    inbox: null,
    clock,
    random: seededRandom(11),
    evidence: (kind) => gathered[kind] ?? null,
    progress: () => {},
  };
  return {
    gather: async (probe) => {
      const result = await probe.run(context);
      if (result.status === 'missing') throw new Error(result.because);
      Object.assign(gathered, { [probe.provides]: result.data });
      return result.data;
    },
    stop: async () => {
      await transport.close();
      await server.stop();
    },
  };
}
