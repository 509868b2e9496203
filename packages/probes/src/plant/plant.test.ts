import type { EvidenceKind, EvidenceMap, Operation, RunMode } from '@launch-ready/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanUp } from '../ledger/clean-up.ts';
import type { ProbeContext } from '../probe.ts';
import { seededRandom } from '../seeded-random.ts';
import { connectSessions } from '../session/connect-sessions.ts';
import type { TargetActor } from '../target/target.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { runScript } from '../testing/run-script.ts';
import { testTransport } from '../testing/test-transport.ts';
import { accessCoverage } from '../coverage/access-coverage.ts';
import { crossTenant } from '../cross-tenant/cross-tenant.ts';
import { createLeakIndex } from '../leaks/leak-index.ts';
import { plant } from './plant.ts';
import { startPickyServer, styles } from '../access/testing/picky-server.ts';

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

async function review(operations: readonly Operation[], mode: RunMode = 'standard'): Promise<ProbeContext> {
  const target = loopbackTarget(server.origin, { actors, proof: '/me' });
  const { transport, ledger, clock } = testTransport(target, { mode });
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const tenantOf = (id: string): string | null => target.actors.find((one) => one.id === id)?.tenant ?? null;
  const gathered: { [K in EvidenceKind]?: EvidenceMap[K] } = { planting: { objects: [], notPlantable: [] } };
  return {
    target,
    mode,
    transport,
    sessions,
    operations,
    ledger,
    leaks: createLeakIndex({ transport, ledger, tenantOf }),
    inbox: null,
    clock,
    random: seededRandom(3),
    evidence: (kind) => gathered[kind] ?? null,
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

const words = ['granite harbour', 'velvet orchard', 'copper lantern', 'silver meadow', 'quiet engine'];
const fill = (): void => {
  for (const tenant of ['north', 'south'])
    for (const [index, word] of words.entries()) {
      const id = `${tenant}-${index}-7f3a9c`;
      server.rows.set(id, { id, tenant, body: { headline: `${word} plans of ${tenant}`, kind: 'note' } });
    }
};

/** Scripts of the findings of the last observing run. */
let scripts: readonly string[] = [];

async function observe(): Promise<readonly string[]> {
  const context = await review([...collection('nest'), operation('PATCH', '/nest/{id}')], 'observe');
  const planting = await plant.run(context);
  if (planting.status === 'missing') throw new Error(planting.because);
  const attacks = await crossTenant.run(context);
  const coverage = await accessCoverage.run(context);
  if (attacks.status === 'missing' || coverage.status === 'missing') throw new Error('nothing was tried');
  expect(server.seen.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([]);
  expect(context.ledger.entries.every(({ state, objectId }) => state === 'found' && objectId === null)).toBe(
    true,
  );
  const { objects, notPlantable } = planting.data;
  scripts = attacks.data.trials.flatMap(({ reproduce }) => (reproduce === null ? [] : [reproduce.script]));
  return [
    ...new Set([
      ...objects.map(({ origin, tenant, twin }) => `${origin} ${tenant} ${twin}`),
      ...notPlantable.map(({ because }) => because),
      ...attacks.data.trials.map(({ action, verdict, operation: id }) => `${verdict} ${action} ${id}`),
      ...coverage.data.trials
        .filter(({ operation: id }) => id.startsWith('GET'))
        .map(({ credential, verdict, operation: id }) => `${credential} ${verdict} ${id}`),
    ]),
  ].toSorted();
}

const harvested = [
  'harvested north control',
  'harvested north victim',
  'harvested south control',
  'harvested south victim',
];
const refused = ['none', 'tampered'].flatMap((kind) =>
  ['/nest', '/nest/{id}'].map((path) => `${kind} refused GET ${path}`),
);

test('a run that only reads takes what is there, and proves with it that tenants are apart', async () => {
  fill();
  expect(await observe()).toEqual(
    [...harvested, ...refused, 'safe list GET /nest', 'safe read GET /nest/{id}'].toSorted(),
  );
});

test('a run that only reads finds an object that is read by its id alone, confirmed with a second one', async () => {
  fill();
  server.openTo.add('nest');
  const found = await observe();
  expect(found).toContain('leak read GET /nest/{id}');
  expect(found).toContain('safe list GET /nest');
  const credentials = {
    NORTH_MEMBER_AUTH: 'authorization: Bearer token-of-north',
    SOUTH_MEMBER_AUTH: 'authorization: Bearer token-of-south',
  };
  const [script = ''] = scripts;
  for (const word of words) expect(script).not.toContain(word);
  expect(await runScript(script, credentials)).toMatchObject({ code: 1 });
  expect(await runScript(script, {})).toMatchObject({ code: 2 });
  server.openTo.clear();
  expect(await runScript(script, credentials)).toMatchObject({ code: 0 });
  expect(server.seen.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([]);
});

test('what a list shows to both tenants may be shared on purpose, and is neither found nor passed', async () => {
  fill();
  server.openTo.add('nest').add('list of nest');
  const found = await observe();
  expect(found.filter((line) => /leak|safe|exposed/.test(line))).toEqual([]);
  expect(found).toContain(
    'what others are shown as well, or holds nothing that tells whose it is, may be shared on purpose',
  );
});

test('what says of itself that it is published is left out', async () => {
  fill();
  for (const row of server.rows.values()) row.body = { ...Object(row.body), visibility: 'public' };
  server.openTo.add('nest');
  expect((await observe()).filter((line) => /leak|safe/.test(line))).toEqual([]);
});
