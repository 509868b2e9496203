import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createLedger } from './create-ledger.ts';
import { openJournal, readJournal } from './journal.ts';
import type { NewLedgerEntry } from './ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'launch-ready-ledger-'));
const path = join(folder, 'run', 'journal.jsonl');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const planned: NewLedgerEntry = {
  operation: 'POST /posts',
  actor: 'north.admin',
  tenant: 'north',
  type: 'posts',
  twin: 'control',
  canaries: [{ value: 'lrabc12345678', pointer: '/title' }],
  slots: { org: 'acme' },
  readUrl: null,
  deleteUrl: null,
  listUrl: 'http://127.0.0.1/posts',
};

test('the journal gives back what was created, up to a torn last line', () => {
  const journal = openJournal(path);
  const ledger = createLedger({ journal });
  const first = ledger.intend(planned);
  const second = ledger.intend(planned);
  const third = ledger.intend(planned);
  ledger.created(first, {
    objectId: '7',
    slots: { org: 'acme', post: '7' },
    deleteUrl: 'http://127.0.0.1/posts/7',
  });
  ledger.notCreated(second);
  ledger.leftover(third, 'it cannot be deleted');
  journal.close();
  appendFileSync(path, '{"event":"clea');

  const restored = createLedger({ journal: null, restored: readJournal(path) });
  expect(restored.entries).toEqual(ledger.entries);
  expect(restored.findByObjectId('7')?.ref).toBe(first);
  expect(restored.leftovers).toEqual([
    { ref: third, type: 'posts', owner: 'north.admin', because: 'it cannot be deleted' },
  ]);
  expect(restored.intend(planned)).toBe('o4');
});

test('a journal that was never written is empty', () => {
  expect(readJournal(join(folder, 'none.jsonl')).entries).toEqual([]);
});

test('scope values are allowed by name', () => {
  const ledger = createLedger({ journal: null });
  ledger.allowScope('acme');
  expect(ledger.isAllowedScope('acme')).toBe(true);
  expect(ledger.isAllowedScope('rival')).toBe(false);
});

test('a process that is killed in the middle loses no intention', async () => {
  const script = `
    import { createLedger } from ${JSON.stringify(join(import.meta.dirname, 'create-ledger.ts'))};
    import { openJournal } from ${JSON.stringify(join(import.meta.dirname, 'journal.ts'))};
    const ledger = createLedger({ journal: openJournal(${JSON.stringify(path)}) });
    for (;;) process.stdout.write(ledger.intend(${JSON.stringify(planned)}) + '\\n');
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes('o20')) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const announced = said.split('\n').slice(0, -1);
  const kept = readJournal(path).entries.map(({ ref }) => ref);
  expect(announced.length).toBeGreaterThanOrEqual(20);
  expect(kept).toEqual(expect.arrayContaining(announced));
});
