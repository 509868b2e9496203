import { describe, expect, test } from 'vitest';
import { allFaults } from '../faults/all-faults.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import { isMet } from '../walk/is-met.ts';
import { OptionProblem, readOptions } from './bench-options.ts';
import { benchResult } from './bench-result.ts';
import { chooseWork } from './choose-work.ts';
import { dailySample, dayOf } from './daily-sample.ts';
import { planTasks } from './plan-tasks.ts';
import { runPool } from './run-pool.ts';
import { exitCodeOf, summarise } from './summarise.ts';

const [fault] = allFaults;
const after = (value: number) => async () => value;
const broken = async (): Promise<number> => Promise.reject(new Error('broken'));
const walked = (found: boolean) =>
  fault === undefined ? [] : [{ fault, found, problems: found ? [] : ['why'], weakness: null, seconds: 1 }];
const today = new Date('2026-03-04T05:06:07Z');

describe('the daily sample', () => {
  const items = Array.from({ length: 10 }, (_, index) => index);
  test('reaches every item within as many days as parts', () => {
    const seen = [0, 1, 2, 3].flatMap((day) => dailySample(items, 3, 20_000 + day));
    expect(new Set(seen)).toEqual(new Set(items));
  });
  test('stays the same all day and is another one the next day', () => {
    const [morning, evening] = [dayOf(today), dayOf(new Date('2026-03-04T23:59:59Z'))];
    expect(dailySample(items, 3, morning)).toEqual(dailySample(items, 3, evening));
    expect(dailySample(items, 3, morning + 1)).not.toEqual(dailySample(items, 3, morning));
  });
  test('is everything when there is little', () => expect(dailySample([1, 2], 3, 5)).toEqual([1, 2]));
});

test('every walk is off, on and off again, and the reviews without faults are shared', () => {
  const work = chooseWork(allFaults, allWorlds, { only: [], sample: false, input: 'openapi' }, today);
  const tasks = planTasks(work);
  for (const { id } of [...work.faults, ...work.worldFaults.map((one) => one.fault)])
    expect(tasks.flatMap(({ step, faults }) => (faults.includes(id) ? [step] : [])).toSorted()).toEqual([
      'off',
      'off again',
      'on',
    ]);
  expect(tasks.filter(({ step }) => step === 'off')).toHaveLength(work.worlds.length + 1);
  expect(tasks.every(({ step, faults }) => step !== 'on' || faults.length === 1)).toBe(true);
});

describe('the work', () => {
  test('is everything by default, and lays at least thirty traps', () => {
    const work = chooseWork(allFaults, allWorlds, { only: [], sample: false, input: 'openapi' }, today);
    expect(work.faults).toEqual(allFaults);
    expect(work.worlds.flatMap(({ traps }) => traps).length).toBeGreaterThanOrEqual(30);
  });
  test('is what --only names, a trap standing for its world', () => {
    const work = chooseWork(
      allFaults,
      allWorlds,
      { only: [fault?.id ?? '', 'counting-ids'], sample: false, input: 'openapi' },
      today,
    );
    expect(work.faults).toEqual([fault]);
    expect(work.worlds.map(({ id }) => id)).toEqual(['collections']);
  });
  test('refuses an id that names nothing', () => {
    expect(() =>
      chooseWork(allFaults, allWorlds, { only: ['no-such'], sample: false, input: 'openapi' }, today),
    ).toThrow(/no-such/);
  });
  test('is small as a sample, which tells its seed', () => {
    const work = chooseWork(allFaults, allWorlds, { only: [], sample: true, input: 'openapi' }, today);
    expect([work.faults.length + work.worldFaults.length, work.worlds.length]).toEqual([8, 2]);
    expect(work.said).toContain(`day ${dayOf(today)}`);
  });
});

describe('traps', () => {
  test('have ids of their own', () => {
    const ids = allWorlds.flatMap(({ traps }) => traps.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
  test('are met when one item of the evidence mentions everything asked for', () => {
    const record = {
      id: 'e1',
      kind: 'cookies',
      status: 'gathered',
      data: { used: true, cookies: [] },
    } as const;
    const cookie = {
      name: 'a',
      authenticates: false,
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
    } as const;
    const evidence = [
      { ...record, data: { used: true, cookies: [{ ...cookie, path: null, domain: null, exchange: 'x1' }] } },
    ] as const;
    expect(isMet({ kind: 'cookies', mentions: '"name":"a"' }, evidence)).toBe(true);
    expect(isMet({ kind: 'cookies', mentions: '"name":"a"', and: ['"authenticates":true'] }, evidence)).toBe(
      false,
    );
    expect(isMet({ kind: 'cors', mentions: '"name":"a"' }, evidence)).toBe(false);
    expect(isMet({ kind: 'cookies', mentions: '"name":"a"' }, [record])).toBe(false);
  });
});

describe('the result', () => {
  const world = { id: 'w', traps: 3, alarms: [], notMet: [], seconds: 1 } as const;
  test('has the shape that is documented', () => {
    const result = summarise(walked(true), [world], [], 12.34);
    expect(benchResult.parse(JSON.parse(JSON.stringify(result)))).toEqual({
      faults: 1,
      found: 1,
      missed: [],
      traps: 3,
      falseAlarms: [],
      seconds: 12.3,
    });
    expect(exitCodeOf(result)).toBe(0);
  });
  test.each([
    ['a fault that was missed', summarise(walked(false), [world], [], 1)],
    ['a finding in a trap', summarise([], [{ ...world, alarms: [{ id: 't', saw: ['x'] }] }], [], 1)],
    ['a trap that was not met', summarise([], [{ ...world, notMet: [{ id: 't', because: 'x' }] }], [], 1)],
    ['a finding on the platform as it is', summarise([], [], ['x'], 1)],
  ])('fails with %s', (_, result) => expect(exitCodeOf(result)).toBe(1));
});

describe('options', () => {
  test('are read', () => {
    expect(readOptions(['--json', '--only', 'a,b', '--only', 'c'])).toMatchObject({
      json: true,
      sample: false,
      only: ['a', 'b', 'c'],
    });
  });
  test.each([[['--what']], [['--jobs', '0']], [['--inputs', 'guess']], [['--repeat', '0']], [['extra']]])(
    'refuse %j',
    (args) => {
      expect(() => readOptions(args)).toThrow(OptionProblem);
    },
  );
});

test('a pool keeps the order of its results and ends with the first failure', async () => {
  expect(await runPool([after(1), after(2), after(3)], 2)).toEqual([1, 2, 3]);
  await expect(runPool([after(1), broken, after(3)], 1)).rejects.toThrow('broken');
});
