import { afterEach, expect, test } from 'vitest';
import { crossTenant } from './cross-tenant.ts';
import { plant } from '../plant/plant.ts';
import { faults, traps } from '../access/testing/families.ts';
import type { NestedFaults } from '../access/testing/leaky-server.ts';
import { reviewLeaky, type LeakyReview } from '../access/testing/leaky-review.ts';
import { reviewTwoWays } from '../access/testing/two-ways.ts';

let review: LeakyReview | null = null;
afterEach(async () => review?.stop());

const bad = new Set(['leak', 'write', 'delete', 'insert']);

test(
  'every seeded fault is found in its place and every trap stays silent',
  { timeout: 90_000 },
  async () => {
    review = await reviewLeaky([...faults, ...traps]);
    const planting = await review.gather(plant);
    expect(planting.notPlantable).toEqual([]);
    const { trials } = await review.gather(crossTenant);
    const found = trials.filter(({ verdict }) => bad.has(verdict));
    const places = [...new Set(found.map(({ operation, verdict }) => `${verdict} ${operation}`))].toSorted();
    expect(places).toEqual(
      [
        'leak GET /plainreads/{id}',
        'leak GET /openlists',
        'write PATCH /patches/{id}',
        'write PATCH /silentpatches/{id}',
        'write PUT /puts/{id}',
        'delete DELETE /deletes/{id}',
        'write PATCH /deniedwrites/{id}',
        'delete DELETE /hiddendeletes/{id}',
        'delete DELETE /archives/{id}',
        'leak GET /redirects/{id}',
        'leak GET /tellingrefusals/{id}',
        'leak GET /previews/{id}',
        'leak GET /headers/{id}',
        'leak GET /oneways/{id}',
      ].toSorted(),
    );
  },
);

const nested: readonly (readonly [string, NestedFaults, readonly string[]])[] = [
  ['nothing on a tight application', {}, []],
  [
    'an object of another tenant below the own path',
    { ownPathForeignObject: true },
    [
      'delete DELETE /orgs/{org}/spaces/{space} path:space',
      'delete DELETE /orgs/{org}/spaces/{space}/posts/{post} path:post',
      'insert POST /orgs/{org}/spaces/{space}/posts path:space',
      'leak GET /orgs/{org}/spaces/{space} path:space',
      'leak GET /orgs/{org}/spaces/{space}/posts/{post} path:post',
      'write PATCH /orgs/{org}/spaces/{space} path:space',
      'write PATCH /orgs/{org}/spaces/{space}/posts/{post} path:post',
    ],
  ],
  [
    'an object made below a foreign parent',
    { foreignParent: true },
    [
      'insert POST /orgs/{org}/spaces/{space}/posts path:org+space',
      'insert POST /orgs/{org}/spaces/{space}/posts path:space',
    ],
  ],
  ['a feed of all tenants', { feed: true }, ['leak GET /feed -']],
  ['a search in all tenants that shows titles alone', { titleSearch: true }, ['leak GET /search query:q']],
  ['a search in all tenants', { search: true }, ['leak GET /search -', 'leak GET /search query:q']],
];

test('a kind that is made in two ways is attacked by both: in its nested list, and by putting one into a foreign parent', async () => {
  for (const [faults, places] of [
    [{ openBox: true }, ['leak GET /boxes/{boxId}/notes path:boxId']],
    [{ intoBox: true }, ['insert POST /boxes/{boxId}/notes path:boxId']],
    [{}, []],
  ] as const) {
    const two = await reviewTwoWays(faults);
    try {
      const planting = await two.gather(plant);
      expect(planting.notPlantable).toEqual([]);
      expect(new Set(planting.objects.map(({ type }) => type))).toEqual(
        new Set(['boxes', 'notes', 'boxes/notes']),
      );
      const { trials } = await two.gather(crossTenant);
      const found = trials.filter(({ verdict }) => bad.has(verdict));
      expect([
        ...new Set(found.map(({ operation, verdict, slot }) => `${verdict} ${operation} ${slot}`)),
      ]).toEqual(places);
      const nestedList = trials.filter(
        ({ operation, action }) => operation === 'GET /boxes/{boxId}/notes' && action === 'list',
      );
      expect(nestedList.length).toBeGreaterThan(0);
      expect(nestedList.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([]);
    } finally {
      await two.stop();
    }
  }
});

test('what shows nothing to its owner either proves nothing, whatever is tried on it', async () => {
  const blank = await reviewTwoWays({ blankBox: true });
  try {
    await blank.gather(plant);
    const { trials } = await blank.gather(crossTenant);
    const reads = trials.filter(
      ({ operation, action }) => operation === 'GET /boxes/{boxId}' && action === 'read',
    );
    expect(new Set(reads.map(({ slot }) => slot)).size).toBeGreaterThan(1);
    expect(reads.filter(({ verdict }) => verdict !== 'inconclusive')).toEqual([]);
  } finally {
    await blank.stop();
  }
});

test.each(nested)('below nested paths it finds %s', async (_, faults, places) => {
  review = await reviewLeaky([], faults);
  await review.gather(plant);
  const { trials } = await review.gather(crossTenant);
  const found = trials.filter(({ verdict }) => bad.has(verdict));
  expect(
    [...new Set(found.map(({ operation, verdict, slot }) => `${verdict} ${operation} ${slot}`))].toSorted(),
  ).toEqual(places);
  expect(new Set(trials.map(({ attacker }) => attacker)).size).toBe(4);
});
