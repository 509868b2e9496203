import { describe, expect, it } from 'vitest';
import type { LineStatus } from '../model/review.ts';
import { sampleLine, sampleLineResult, sampleProfile } from './judge-sample.ts';
import { score } from './score.ts';

type Row = readonly [status: LineStatus, weight: number, gate?: 'gate'];
const scored = (rows: readonly Row[]) => {
  const lines = rows.map(([, weight, gate], index) =>
    sampleLine({ id: `L${index}`, weight, gate: gate !== undefined }),
  );
  const results = rows.map(([status, , gate], index) =>
    sampleLineResult({ id: `L${index}`, status, gate: gate !== undefined }),
  );
  return score(sampleProfile({ lines }), results);
};

describe('the score', () => {
  it.each<[string, readonly Row[], number | null, number, number]>([
    [
      'all pass',
      [
        ['pass', 1],
        ['pass', 3],
      ],
      100,
      2,
      2,
    ],
    ['all fail', [['fail', 1]], 0, 1, 1],
    [
      'weights count',
      [
        ['pass', 3],
        ['fail', 1],
      ],
      75,
      2,
      2,
    ],
    [
      'unknown lines lower the coverage, not the value',
      [
        ['pass', 3],
        ['fail', 1],
        ['unknown', 9],
      ],
      75,
      2,
      3,
    ],
    [
      'lines that do not apply are left out',
      [
        ['pass', 1],
        ['not-applicable', 5],
      ],
      100,
      1,
      1,
    ],
    [
      'an unknown gate leaves it open',
      [
        ['pass', 9],
        ['unknown', 1, 'gate'],
      ],
      null,
      1,
      2,
    ],
    [
      'a failed gate does not leave it open',
      [
        ['pass', 1],
        ['fail', 1, 'gate'],
      ],
      50,
      2,
      2,
    ],
    ['nothing was judged', [['unknown', 1]], null, 0, 1],
    ['there are no lines', [], null, 0, 0],
    [
      'it never rounds up to 100',
      [
        ['pass', 999],
        ['fail', 1],
      ],
      99,
      2,
      2,
    ],
    [
      'fractions do not lose a point',
      [
        ['pass', 0.29],
        ['fail', 0.71],
      ],
      29,
      2,
      2,
    ],
  ])('when %s', (_, rows, value, judged, of) => {
    expect(scored(rows)).toEqual({ value, coverage: { judged, of } });
  });
});
