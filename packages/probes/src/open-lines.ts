import { existsSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Opens a file of lines to add to, for its owner only. A last line cut off by a crash is ended, so that it swallows none. */
export function openLines(path: string): number {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const file = openSync(path, 'a', 0o600);
  if (before !== '' && !before.endsWith('\n')) writeSync(file, '\n');
  return file;
}
