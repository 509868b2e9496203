import type { Operation } from '@launch-ready/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanUp } from '../ledger/clean-up.ts';
import type { ProbeContext } from '../probe.ts';
import { seededRandom } from '../seeded-random.ts';
import { connectSessions } from '../session/connect-sessions.ts';
import type { TargetActor } from '../target/target.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { createLeakIndex } from './leak-index.ts';
import { plant } from './plant.ts';
import { startPickyServer, styles } from './testing/picky-server.ts';

let server: Awaited<ReturnType<typeof startPickyServer>>;
beforeEach(async () => {
  server = await startPickyServer();
});
afterEach(() => server.stop());

const actors: readonly TargetActor[] = ['north', 'south'].map((tenant) => ({
  id: `${tenant}.member`,
  tenant,
  role: 'member',
  login: { kind: 'bearer', token: `token-of-${tenant}` },
}));

const operation = (method: Operation['method'], path: string, more: Partial<Operation> = {}): Operation => ({
  id: `${method} ${path}`,
  method,
  path,
  origin: server.origin,
  tags: [],
  slots: path.includes('{') ? [{ in: 'path', name: 'id', required: true }] : [],
  responses: [],
  declaredAuth: 'unstated',
  sources: ['source: src/app.ts:1'],
  ...more,
});

const collection = (name: string, create: Partial<Operation> = {}): readonly Operation[] => [
  operation('GET', `/${name}`),
  operation('POST', `/${name}`, create),
  operation('GET', `/${name}/{id}`),
  operation('DELETE', `/${name}/{id}`),
];

async function review(operations: readonly Operation[]): Promise<ProbeContext> {
  const target = loopbackTarget(server.origin, { actors, proof: '/me' });
  const { transport, ledger, clock } = testTransport(target, { mode: 'standard' });
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const tenantOf = (id: string): string | null => target.actors.find((one) => one.id === id)?.tenant ?? null;
  return {
    target,
    mode: 'standard',
    transport,
    sessions,
    operations,
    ledger,
    leaks: createLeakIndex({ transport, ledger, tenantOf }),
    inbox: null,
    clock,
    random: seededRandom(3),
    evidence: () => null,
    progress: () => {},
  };
}

test('with no word of what bodies look like, objects are planted from what applications complain about', async () => {
  const context = await review(styles.flatMap(({ name }) => collection(name)));
  const result = await plant.run(context);
  if (result.status === 'missing') throw new Error(result.because);
  const { objects, notPlantable } = result.data;
  expect(notPlantable).toEqual([]);
  const planted = new Map(Map.groupBy(objects, ({ type }) => type));
  expect([...planted.keys()].toSorted()).toEqual(styles.map(({ name }) => name).toSorted());
  for (const ofKind of planted.values()) {
    expect(ofKind.map(({ tenant, twin }) => `${tenant} ${twin}`).toSorted()).toEqual([
      'north control',
      'north victim',
      'south control',
      'south victim',
    ]);
    expect(ofKind.every(({ ownerReads, canaries }) => ownerReads && canaries > 0)).toBe(true);
  }
  // What was learnt once is kept: the second object of a kind is accepted at once.
  expect(server.seen.filter((line) => line === 'POST /laravel').length).toBeLessThanOrEqual(7);
  expect(await cleanUp({ ...context, operations: context.operations })).toMatchObject({ leftovers: [] });
  expect(server.rows.size).toBe(0);
});

test('uploads are planted with a file of the kind that is taken', async () => {
  const body = {
    contentType: 'multipart/form-data',
    required: true,
    schema: {
      type: 'object',
      properties: { upload: { type: 'string', format: 'binary' } },
      required: ['upload'],
    },
  };
  const context = await review(collection('pictures', { body, sources: ['openapi: /openapi.json'] }));
  const result = await plant.run(context);
  expect(result).toMatchObject({ status: 'gathered', data: { notPlantable: [] } });
  expect([...server.rows.values()].map(({ body: file }) => JSON.stringify(file))).toEqual(
    Array.from({ length: 4 }, () => expect.stringMatching(/^\{"fileName":"lr\w{15}\.png"\}$/)),
  );
});

test('what cannot be planted is listed with the reason', async () => {
  const context = await review([
    operation('GET', '/django'),
    operation('POST', '/django'),
    operation('GET', '/django/{id}'),
  ]);
  const result = await plant.run(context);
  expect(result).toMatchObject({
    data: {
      objects: [],
      notPlantable: [
        { operation: 'POST /django', because: expect.stringMatching(/no operation removes it again/) },
      ],
    },
  });
});
