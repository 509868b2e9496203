import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyEdits, EditMismatch } from './apply-edits.ts';

let folder = '';
const text = (): string => readFileSync(join(folder, 'a.ts'), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lr-edits-'));
  writeFileSync(join(folder, 'a.ts'), 'const one = 1;\nconst two = 1;\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('edits of a copy', () => {
  test('replace their text, even when it looks like a pattern, and are taken back', () => {
    const takeBack = applyEdits(folder, [
      { file: 'a.ts', find: 'const one = 1;', replace: "const one = '$&$1';" },
      { file: 'a.ts', find: 'two = 1', replace: 'two = 2' },
    ]);
    expect(text()).toBe("const one = '$&$1';\nconst two = 2;\n");
    takeBack();
    expect(text()).toBe('const one = 1;\nconst two = 1;\n');
  });

  test.each([
    ['is absent', 'three', /0 times/],
    ['occurs twice', 'const', /2 times/],
  ])('are refused when the text %s, and then nothing is changed', (_, find, message) => {
    const edits = [
      { file: 'a.ts', find: 'one = 1', replace: 'one = 2' },
      { file: 'a.ts', find, replace: '' },
    ];
    expect(() => applyEdits(folder, edits)).toThrow(EditMismatch);
    expect(() => applyEdits(folder, edits)).toThrow(message);
    expect(text()).toBe('const one = 1;\nconst two = 1;\n');
  });
});
