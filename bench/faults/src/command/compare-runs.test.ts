import { expect, test } from 'vitest';
import { allFaults } from '../faults/all-faults.ts';
import { differences } from './compare-runs.ts';
import type { BenchRun } from './run-bench.ts';

const run = (found: boolean, alarm: boolean): BenchRun => ({
  result: { faults: 1, found: 0, missed: [], traps: 0, falseAlarms: [], seconds: 0 },
  faults: allFaults.slice(0, 1).map((fault) => ({ fault, found, problems: [], weakness: null, seconds: 0 })),
  worlds: [{ id: 'w', traps: 1, alarms: alarm ? [{ id: 't', saw: [] }] : [], notMet: [], seconds: 0 }],
});

test('runs with the same verdicts do not differ', () => {
  expect(differences([run(true, false), run(true, false)])).toEqual([]);
});
test('a fault that is found only sometimes and a trap that alarms only sometimes are told', () => {
  expect(differences([run(true, false), run(false, true)])).toEqual([
    expect.stringContaining('found, missed'),
    'w: silent, alarm t',
  ]);
});
