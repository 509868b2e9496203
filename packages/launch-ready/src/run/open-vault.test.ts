import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptToken } from '@launch-ready/probes';
import { describe, expect, test } from 'vitest';
import { openVault } from './open-vault.ts';
import { createRunFolder } from './run-folder.ts';

const key = 'a key for this test only';
const target = { name: 'Hall', app: 'http://127.0.0.1:1' };
const token: KeptToken = {
  purpose: 'access',
  actor: 'north.member',
  headers: [['authorization', 'Bearer very-secret-value']],
  keptAt: '2026-01-01T00:00:00.000Z',
  dueAt: '2026-01-01T00:16:00.000Z',
};

describe('the vault of a run', () => {
  const base = mkdtempSync(join(tmpdir(), 'lr-vault-'));
  const first = createRunFolder(join(base, 'run-1'));
  openVault(first, target, key)?.keep([token]);
  const later = createRunFolder(join(base, 'run-2'));

  test('gives a later run what an earlier one put away', () =>
    expect(openVault(later, target, key)?.earlier).toEqual([token]));
  test('shows nothing of a token in its file', () =>
    expect(readFileSync(join(first.path, 'vault.json'), 'utf8')).not.toMatch(/very-secret|Bearer|north/));
  test('stays shut for another key and for another target', () => {
    expect(openVault(later, target, 'another key than that one')?.earlier).toEqual([]);
    expect(openVault(later, { ...target, name: 'Other' }, key)?.earlier).toEqual([]);
  });
  test.each([undefined, '', 'short'])('is not there without a proper key: %j', (bad) =>
    expect(openVault(later, target, bad)).toBeUndefined(),
  );
});
