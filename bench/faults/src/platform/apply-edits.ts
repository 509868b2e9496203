import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../fault.ts';

/** An edit that does not fit the platform as it is now. */
export class EditMismatch extends Error {
  override readonly name = 'EditMismatch';
}

/**
 * Applies edits to a copy of the platform, in their order.
 * @param folder folder of the copy
 * @returns takes all of them back
 * @throws {EditMismatch} when a text does not occur exactly once; nothing is changed then
 */
export function applyEdits(folder: string, edits: readonly Edit[]): () => void {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const { file, find, replace } of edits) {
    const original = before.get(file) ?? readFileSync(join(folder, file), 'utf8');
    before.set(file, original);
    const text = after.get(file) ?? original;
    const parts = text.split(find);
    if (parts.length !== 2) {
      const count = parts.length - 1;
      throw new EditMismatch(`${file}: ${JSON.stringify(find)} occurs ${count} times instead of once`);
    }
    after.set(file, parts.join(replace));
  }
  for (const [file, text] of after) writeFileSync(join(folder, file), text);
  return () => {
    for (const [file, text] of before) writeFileSync(join(folder, file), text);
  };
}
