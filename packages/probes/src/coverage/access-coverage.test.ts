import { afterEach, expect, test } from 'vitest';
import { accessCoverage } from './access-coverage.ts';
import { plant } from '../plant/plant.ts';
import type { Family } from '../access/testing/families.ts';
import { traps } from '../access/testing/families.ts';
import { reviewLeaky, type LeakyReview } from '../access/testing/leaky-review.ts';

let review: LeakyReview | null = null;
afterEach(async () => review?.stop());

const families: readonly Family[] = [
  { name: 'strangers', anonymous: true },
  { name: 'tampereds', acceptsTampered: true },
  { name: 'expireds', acceptsExpired: true },
  { name: 'openwrites', anonymousWrites: true, soft: true },
];

test('operations that answer or obey without a valid credential are found, and no other', async () => {
  review = await reviewLeaky([...families, ...traps]);
  await review.gather(plant);
  const { trials, notTested } = await review.gather(accessCoverage);
  const found = trials
    .filter(({ verdict }) => verdict === 'exposed' || verdict === 'changed')
    .map(({ operation, credential, verdict }) => `${credential} ${verdict} ${operation}`);
  expect(found.toSorted()).toEqual(
    [
      'none exposed GET /strangers',
      'none exposed GET /strangers/{id}',
      'tampered exposed GET /strangers',
      'tampered exposed GET /strangers/{id}',
      'expired exposed GET /strangers',
      'expired exposed GET /strangers/{id}',
      'tampered exposed GET /tampereds',
      'tampered exposed GET /tampereds/{id}',
      'tampered changed PATCH /tampereds/{id}',
      'tampered changed DELETE /tampereds/{id}',
      'tampered changed POST /tampereds',
      'expired exposed GET /expireds',
      'expired exposed GET /expireds/{id}',
      'expired changed PATCH /expireds/{id}',
      'expired changed DELETE /expireds/{id}',
      'expired changed POST /expireds',
      ...['none', 'tampered', 'expired'].flatMap((kind) => [
        `${kind} changed PATCH /openwrites/{id}`,
        `${kind} changed DELETE /openwrites/{id}`,
        `${kind} exposed GET /openwrites/{id}`,
      ]),
    ].toSorted(),
  );
  expect(notTested).toEqual([]);
});

test('without a way to expire a session, expired credentials are said to be not tested', async () => {
  review = await reviewLeaky([{ name: 'tightones' }], {}, { hooks: { expireSession: null } });
  await review.gather(plant);
  const { trials, notTested } = await review.gather(accessCoverage);
  expect(notTested.map(({ credential }) => credential)).toEqual(['expired']);
  expect(trials.some(({ credential }) => credential === 'expired')).toBe(false);
  expect(
    trials.find(({ operation, credential }) => operation === 'GET /me' && credential === 'other-user')
      ?.verdict,
  ).toBe('refused');
});

test('of many kinds that are shut alike a few speak for the rest, and a kind whose list is open speaks for itself', async () => {
  const kinds = ['oaks', 'elms', 'firs', 'yews', 'limes', 'beeches', 'maples', 'larches'];
  review = await reviewLeaky(kinds.map((name) => ({ name, acceptsTampered: name === 'elms' })));
  await review.gather(plant);
  const { trials, represented } = await review.gather(accessCoverage);
  const found = trials.filter(({ verdict }) => verdict === 'exposed' || verdict === 'changed');
  expect(found.map(({ credential, operation }) => `${credential} ${operation}`).toSorted()).toEqual([
    'tampered DELETE /elms/{id}',
    'tampered GET /elms',
    'tampered GET /elms/{id}',
    'tampered PATCH /elms/{id}',
    'tampered POST /elms',
  ]);
  const spokenFor = (represented ?? []).filter(({ credential }) => credential === 'tampered');
  expect(spokenFor.map(({ operation }) => operation)).toContain('PATCH /firs/{id}');
  expect(spokenFor.some(({ operation }) => operation.includes('elms'))).toBe(false);
  const tried = new Set(
    trials.filter(({ credential }) => credential === 'tampered').map(({ operation }) => operation),
  );
  for (const name of kinds) expect(tried).toContain(`GET /${name}`);
});
