import { afterEach, expect, test } from 'vitest';
import { plant } from '../plant/plant.ts';
import { roleMatrix } from '../roles/role-matrix.ts';
import { runScript } from '../testing/run-script.ts';
import { massAssignment } from './mass-assignment.ts';
import { reviewRecords, type RecordFaults, type RecordsReview } from './testing/records-review.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});
const start = async (faults: RecordFaults): Promise<RecordsReview> => {
  const review = await reviewRecords(faults);
  undo.push(() => review.stop());
  return review;
};
const look = async (faults: RecordFaults) => {
  const review = await start(faults);
  await review.gather(plant);
  await review.gather(roleMatrix);
  const before = review.context.transport.requests.sent;
  const data = await review.gather(massAssignment);
  return { review, data, sent: review.context.transport.requests.sent - before };
};
const taken = ({ data }: Awaited<ReturnType<typeof look>>): readonly string[] =>
  data.trials
    .filter(({ verdict }) => verdict === 'taken')
    .map(({ operation, field }) => `${field} ${operation}`)
    .toSorted();

test.each([
  ['drops what it does not know', {}],
  ['drops it and answers with it all the same', { echoes: true }],
  ['refuses it', { strict: true }],
] as const)('an application that %s takes nothing, and few requests show it', async (_, faults) => {
  const seen = await look(faults);
  expect(taken(seen)).toEqual([]);
  expect(seen.data.trials.length).toBeGreaterThan(5);
  expect(seen.data.trials.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([]);
  // The price is described as writable, so that it is nobody's secret that it can be set.
  expect(seen.data.trials.map(({ field }) => field)).not.toContain('price');
  expect(seen.data.exposures).toEqual([]);
  expect(seen.sent).toBeLessThan(60);
});

test('a locked throw-away account costs its own part alone', async () => {
  const seen = await look({ locked: true, create: ['approved'] });
  expect(taken(seen)).toEqual(['approved POST /records']);
  expect(seen.data.notTested).toContainEqual({
    what: 'PATCH /me',
    because: expect.stringContaining('north.throwaway is not logged in'),
  });
});

const fieldsOfRecords = [
  [{ create: ['approved'] }, ['approved POST /records'], 'NORTH_MEMBER_AUTH', 'member'],
  [{ create: ['credits'] }, ['credits POST /records'], 'NORTH_MEMBER_AUTH', 'member'],
  [{ create: ['ownerId'] }, ['ownerId POST /records'], 'NORTH_MEMBER_AUTH', 'member'],
  [{ create: ['tenant'] }, ['tenant POST /records'], null, null],
  [
    { change: ['approved', 'createdAt'] },
    ['approved PATCH /records/{id}', 'createdAt PATCH /records/{id}'],
    'NORTH_MEMBER_AUTH',
    'member',
  ],
  [{ profile: ['plan'] }, ['plan PATCH /me'], 'NORTH_THROWAWAY_AUTH', 'throwaway'],
] as const;

test.each(fieldsOfRecords)(
  '%j is found by what is read later, and shown again by its script',
  async (faults, places, variable, role) => {
    const seen = await look(faults);
    expect(taken(seen)).toEqual(places);
    if (variable === null) return;
    for (const { verdict, reproduce } of seen.data.trials) {
      if (verdict !== 'taken') continue;
      const run = async (review: RecordsReview) =>
        runScript(reproduce?.script ?? '', {
          BASE_URL: review.origin,
          [variable]: await review.session(`${role}@north.test`),
        });
      expect(await run(seen.review)).toMatchObject({ code: 1 });
      for (const mended of [{}, { strict: true }])
        expect(await run(await start(mended))).toMatchObject({ code: 0 });
      expect(await runScript(reproduce?.script ?? '', { BASE_URL: seen.review.origin })).toMatchObject({
        code: 2,
      });
    }
  },
);

test('a state that many products let callers set is asked about, and not found fault with', async () => {
  const seen = await look({ create: ['status'] });
  expect(taken(seen)).toEqual([]);
  expect(seen.data.trials.filter(({ verdict }) => verdict === 'asked')).toMatchObject([
    { operation: 'POST /records', field: 'status' },
  ]);
});

test('what the profile took is put back', async () => {
  const { review } = await look({ profile: ['plan'] });
  const headers = { cookie: (await review.session('throwaway@north.test')).slice('cookie: '.length) };
  const me: unknown = await (await fetch(`${review.origin}/me`, { headers })).json();
  expect(me).toMatchObject({ plan: 'free', isAdmin: false });
});

test('a tenant that a body names shows the object to that tenant, and it is taken back', async () => {
  const { data, review } = await look({ create: ['tenant'] });
  const trial = data.trials.find(({ verdict }) => verdict === 'taken');
  expect(trial).toMatchObject({
    kind: 'tenant',
    effect: expect.stringContaining('south.admin then found the object'),
  });
  const headers = { cookie: (await review.session('admin@south.test')).slice('cookie: '.length) };
  const left: unknown = await (await fetch(`${review.origin}/records`, { headers })).json();
  expect(JSON.stringify(left)).not.toContain('"ownerId":"not of the south"');
  expect(
    review.context.ledger.entries.filter(({ tenant, state }) => tenant === 'north' && state === 'cleaned')
      .length,
  ).toBeGreaterThan(1);
});

test('password hashes in answers are found, and shown again by a script', async () => {
  const { data, review } = await look({ hashes: true });
  expect(data.exposures).toMatchObject([
    { operation: 'GET /people', field: 'pw', verdict: 'exposed', own: false },
  ]);
  const env = {
    BASE_URL: review.origin,
    NORTH_MEMBER_AUTH: await review.session('member@north.test'),
    NORTH_ADMIN_AUTH: await review.session('admin@north.test'),
  };
  const script = data.exposures[0]?.reproduce?.script ?? '';
  expect(await runScript(script, env)).toMatchObject({ code: 1 });
  expect(await runScript(script, { ...env, BASE_URL: (await start({})).origin })).toMatchObject({ code: 2 });
});
