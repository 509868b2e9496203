import { afterEach, expect, test } from 'vitest';
import type { CommunityTraits } from '../testing/community-server.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { inputHandling } from './input-handling.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});
const posts = async (traits: CommunityTraits) => {
  run = await reviewCommunity(traits);
  const data = await run.gather(inputHandling);
  const trials = data.trials.filter((trial) => trial.operation.includes('/posts'));
  const of = (verdict: string): readonly string[] => [
    ...new Set(
      trials
        .filter((trial) => trial.verdict === verdict)
        .map((trial) => `${trial.operation.split(' ')[0]} ${trial.mutation}`),
    ),
  ];
  return { run, trials, of, discloses: trials.filter((trial) => trial.discloses !== null) };
};

test('an API that checks its input rejects everything, and nothing is left unaccounted for', async () => {
  const { run: review, trials, discloses } = await posts({ bodyLimit: 300_000 });
  // Keys that a schema does not name may be left out in silence.
  const others = trials.filter((trial) => trial.mutation !== 'prototype-keys');
  expect([...new Set(others.map((trial) => trial.verdict))]).toEqual(['rejected']);
  expect(new Set(trials.map((trial) => trial.mutation)).size).toBe(11);
  expect(discloses).toEqual([]);
  expect(review.context.ledger.leftovers).toEqual([]);
  const known = review.context.ledger.entries.filter(
    (entry) => entry.type === 'posts' && entry.state === 'created',
  );
  expect(known).toHaveLength(review.app.posts.length);
});

test('a 413 that closes the connection is a rejection, not a crash', async () => {
  const { of } = await posts({ bodyLimit: 50_000 });
  expect(of('crashed')).toEqual([]);
  expect(of('rejected')).toContain('POST oversized-body');
});

test('invalid values that the owner reads back are persisted, and every object they made is in the ledger', async () => {
  const { run: review, of } = await posts({ noValidation: true });
  expect(of('crashed')).toEqual([]);
  for (const mutation of [
    'wrong-type',
    'missing-field',
    'null-field',
    'over-long',
    'oversized-body',
    'deep-nesting',
  ]) {
    expect(of('persisted')).toContain(`POST ${mutation}`);
  }
  expect(of('persisted')).toContain('PATCH wrong-type');
  // No document can forbid the character.
  expect(of('persisted')).not.toContain('POST nul-byte');
  const known = review.context.ledger.entries.filter(
    (entry) => entry.type === 'posts' && entry.state === 'created',
  );
  expect(known).toHaveLength(review.app.posts.length);
});

test('a 500 over a value of another type, twice, is a crash', async () => {
  const { of } = await posts({ crashesOnWrongType: true });
  expect(of('crashed')).toEqual(['POST wrong-type', 'POST deep-nesting', 'PATCH wrong-type']);
});

test('a connection dropped over a NUL byte, twice, is a crash', async () => {
  const { of } = await posts({ dropsConnectionOnNul: true });
  expect(of('crashed')).toEqual(['POST nul-byte', 'PATCH nul-byte']);
});

test('a stack trace in an answer is disclosed', async () => {
  const { discloses } = await posts({ tellsTrace: true });
  expect(discloses.map((trial) => trial.discloses)).toContain('a Node.js stack trace');
});

test('an error text that talks of a stack and of a path discloses nothing', async () => {
  const { discloses } = await posts({ tellsHarmlessText: true });
  expect(discloses).toEqual([]);
});
