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

/** Checks that one review of a server started afresh can never decide, with where they are broken on purpose instead. */
const brokenElsewhere = new Map([
  // Its tokens must have been put away by an earlier review of the same server, and be past their end.
  ['session/token-expiry', 'packages/probes/src/lifecycle/token-vault.test.ts'],
]);

test('every check has a fault', () => {
  const covered = new Set([
    ...brokenElsewhere.keys(),
    ...[...allFaults, ...worldFaults].map(({ expects }) => expects.check),
  ]);
  expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
});
