import { describe, expect, it } from 'vitest';
import { latencyOfOperations } from './latency-of-operations.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('latency by nearest rank', () => {
  it.each<[string, readonly number[], number, number]>([
    ['one sample', [7], 7, 7],
    ['two samples', [9, 1], 1, 9],
    ['twenty samples', upTo(20).toReversed(), 10, 19],
    ['twenty-one samples', upTo(21), 11, 20],
    ['a hundred samples', upTo(100), 50, 95],
    ['numbers that sort wrongly as text', [100, 9, 20], 20, 100],
  ])('of %s', (_, times, p50Ms, p95Ms) => {
    const samples = times.map((ms) => ({ operation: 'GET /a', ms }));
    expect(latencyOfOperations(samples)).toEqual([
      { operation: 'GET /a', count: times.length, p50Ms, p95Ms },
    ]);
  });

  it('is told by operation, without what is no time', () => {
    const samples = [
      { operation: 'GET /b', ms: 2 },
      { operation: 'GET /a', ms: 1 },
      { operation: 'GET /a', ms: Number.NaN },
      { operation: 'GET /c', ms: -1 },
    ];
    expect(latencyOfOperations(samples).map(({ operation, count }) => [operation, count])).toEqual([
      ['GET /a', 1],
      ['GET /b', 1],
    ]);
  });
});
