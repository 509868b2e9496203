import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from '@launch-ready/checks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../platform/apply-edits.ts';
import { copyPlatform } from '../platform/copy-platform.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import { allFaults } from './all-faults.ts';

const worldFaults = allWorlds.flatMap(({ faults }) => faults);

let below = '';
let copy = '';

beforeAll(() => {
  below = mkdtempSync(join(tmpdir(), 'lr-copy-'));
  copy = copyPlatform(below);
});
afterAll(() => rmSync(below, { recursive: true, force: true }));

describe('every fault', () => {
  test.each(allFaults.map((fault) => [fault.id, fault] as const))(
    '%s fits the platform as it is',
    (_, fault) => {
      applyEdits(copy, fault.edits)();
      expect(fault.edits.length + Object.keys(fault.env ?? {}).length).toBeGreaterThan(0);
    },
  );

  test('has an id of its own', () => {
    const ids = [...allFaults, ...worldFaults].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('expects checks that exist', () => {
    const known = new Set(checks.map(({ id }) => id));
    const expected = [...allFaults, ...worldFaults].flatMap(({ expects, alsoExpects = [] }) => [
      expects,
      ...alsoExpects,
    ]);
    expect(expected.map(({ check }) => check).filter((id) => !known.has(id))).toEqual([]);
  });
});

test('every check has a fault', () => {
  const covered = new Set([...allFaults, ...worldFaults].map(({ expects }) => expects.check));
  expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
});
