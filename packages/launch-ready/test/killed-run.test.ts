import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run, start } from './command.ts';
import { startNotesApp, strayNotes, type NotesApp } from './notes-app.ts';
import { makeWorkbench, type Workbench } from './workbench.ts';

let app: NotesApp;
let bench: Workbench;
beforeEach(async () => {
  app = await startNotesApp();
  bench = makeWorkbench(app);
});
afterEach(async () => {
  bench.remove();
  await app.die();
});

/** The same moments in every run of the test: a linear congruential generator (Numerical Recipes). */
function* moments(seed: number, below: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield 1 + Math.floor((state / 2 ** 32) * below);
  }
}

const args = ['review', '--only', 'tenancy,access', '--mode', 'full', '--out'];

/** Kills a review with SIGKILL when this request of it that changes something arrives; before it is done, or after. */
async function killAt(change: number, isDone: boolean): Promise<boolean> {
  let changes = 0;
  let killed = false;
  const { child, ended } = start([...args, bench.out], bench);
  app.intercept = ({ method, path }, response) => {
    if (killed) return true;
    if (method === 'GET' || path.startsWith('/auth') || (changes += 1) < change) return false;
    killed = true;
    child.kill('SIGKILL');
    // Never answered; the application does it all the same, or has not begun.
    if (isDone) response.end = () => response;
    return !isDone;
  };
  const { signal } = await ended;
  app.intercept = () => false;
  return signal === 'SIGKILL';
}

it('a run killed with SIGKILL at any moment leaves nothing behind once cleanup has run', async () => {
  const clean = await start([...args, bench.out], bench).ended;
  expect(clean.signal).toBeNull();
  expect(strayNotes(app)).toEqual([]);
  const changes = app.seen.filter((line) => !line.startsWith('GET') && !line.includes('/auth/')).length;
  expect(changes).toBeGreaterThan(20);
  rmSync(bench.out, { recursive: true });

  let left = 0;
  const next = moments(20_261_122, changes);
  for (let round = 0; round < 6; round += 1) {
    const change = next.next().value ?? 1;
    expect(await killAt(change, round % 2 === 0), `killed at change ${change} of ${changes}`).toBe(true);
    left += strayNotes(app).length;
    const { code, stdout } = await run(['cleanup', bench.out], bench);
    expect({ change, stray: strayNotes(app), code }).toEqual({ change, stray: [], code: 0 });
    expect(stdout).toMatch(/removed, 0 left|nothing was left behind/);
    expect(app.notes.size).toBe(2);
    rmSync(bench.out, { recursive: true });
  }
  // Otherwise nothing was tried.
  expect(left).toBeGreaterThan(0);
}, 60_000);
