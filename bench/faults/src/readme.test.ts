import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allFaults } from './faults/all-faults.ts';
import { allWorlds } from './worlds/all-worlds.ts';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const tables = readme.slice(readme.indexOf('## Traps of the field'));
const rows = tables.split('\n').filter((line) => /^\| .*`/.test(line));

test('every fault and trap that the tables of the field name is on the bench', () => {
  const faults = new Set([...allFaults, ...allWorlds.flatMap((world) => world.faults)].map(({ id }) => id));
  const traps = new Set(allWorlds.flatMap((world) => [world.id, ...world.traps.map(({ id }) => id)]));
  const worlds = new Set(allWorlds.map(({ id }) => id));
  const missing = rows.flatMap((row) =>
    [...row.matchAll(/\b([FT]) ((?:all of )?`[^|;]*)/g)].flatMap(([, kind, list = '']) =>
      [...list.matchAll(/`([\w-]+)`/g)].flatMap(([, id = '']) =>
        (kind === 'F' ? faults : traps).has(id) || worlds.has(id) ? [] : [`${kind} ${id}`],
      ),
    ),
  );
  expect(missing).toEqual([]);
  expect(rows.length).toBeGreaterThan(20);
});
