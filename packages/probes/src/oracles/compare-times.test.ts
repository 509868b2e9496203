import { expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { compareTimes, type TimedAnswer } from './compare-times.ts';

type Draw = (random: () => number) => number;

/** Compares times that are drawn as given; no clock is read. */
const compared = async (
  seed: number,
  draw: { readonly known: Draw; readonly absent: Draw },
  options: { readonly doubt?: string; readonly most?: number } = {},
) => {
  const random = seededRandom(seed);
  let asked = 0;
  const found = await compareTimes(
    { known: [], absent: [] },
    {
      ask: async (whose): Promise<TimedAnswer | string> => {
        asked += 1;
        return asked > (options.most ?? Infinity)
          ? 'the login takes no more'
          : { ms: draw[whose](() => random.next()), exchange: `x${asked}` };
      },
      doubt: async () => options.doubt ?? null,
      isDear: false,
      pause: async () => {},
    },
    random,
  );
  return { ...found, asked };
};

const quiet: Draw = (next) => 3 + next();
const hashing: Draw = (next) => 60 + 5 * next();
const jitter: Draw = (next) => 5 + 60 * next();
/** A machine that does other things now and then, for long. */
const loaded: Draw = (next) => 4 + next() + (next() < 0.4 ? 200 * next() : 0);
const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

test('a server that hashes for accounts alone is found, with few requests where it does not', async () => {
  const leaking = await compared(1, { known: hashing, absent: quiet });
  expect(leaking).toMatchObject({ verdict: 'differs', asked: 4 + 2 * 16 });
  expect(leaking.because).toMatch(/accounts that exist took 6\d ms, others \d ms/);
  for (const [draw, asked] of [
    [quiet, 4],
    [hashing, 6],
  ] as const)
    expect(await compared(1, { known: draw, absent: draw })).toMatchObject({ verdict: 'alike', asked });
  const other = await compared(1, { known: quiet, absent: hashing });
  expect(other.verdict).toBe('differs');
});

test.each([
  ['jitter', jitter],
  ['a loaded machine', loaded],
] as const)('%s that has nothing to do with accounts never makes a difference', async (_, draw) => {
  const verdicts = await Promise.all(
    seeds.map(async (seed) => (await compared(seed, { known: draw, absent: draw })).verdict),
  );
  expect(verdicts).not.toContain('differs');
});

test('a leak under jitter is found all the same', async () => {
  const verdicts = await Promise.all(
    seeds.map(
      async (seed) => (await compared(seed, { known: (next) => 80 + jitter(next), absent: jitter })).verdict,
    ),
  );
  expect(new Set(verdicts)).toEqual(new Set(['differs']));
});

test('what could not be measured to the end is unknown', async () => {
  const short = await compared(1, { known: hashing, absent: quiet }, { most: 10 });
  expect(short).toMatchObject({ verdict: 'inconclusive' });
  expect(short.because).toContain('the login takes no more');
});

test('a difference that is gone when questions may not have been handled is unknown', async () => {
  let turn = 0;
  const limited: Draw = () => ((turn += 1) <= 2 ? 70 : 3);
  const found = await compared(1, { known: limited, absent: quiet }, { doubt: 'two of ten were mailed' });
  expect(found).toMatchObject({ verdict: 'inconclusive' });
  expect(found.because).toContain('two of ten were mailed');
});
