import { ServerResponse } from 'node:http';
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { complaint, complaints, run, start, type Ended } from './command.ts';
import { startNotesApp, strayNotes, type Intercept, type NotesApp, type Received } from './notes-app.ts';
import { makeWorkbench, reviewIn, type Workbench } from './workbench.ts';

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

const review = (): ReturnType<typeof start> =>
  start(['review', '--only', 'tenancy', '--out', bench.out], bench);

/** Resolves when the application gets a request like this; `take` may keep it from being answered. */
function arrival(isIt: (received: Received) => boolean, take: Intercept = () => false): Promise<Received> {
  return new Promise((resolve) => {
    app.intercept = (received, response) => {
      if (!isIt(received)) return false;
      const taken = take(received, response);
      resolve(received);
      return taken;
    };
  });
}

const isPatch = ({ method }: Received): boolean => method === 'PATCH';
const cleanUp = (): Promise<Ended> => run(['cleanup', bench.out], bench);

async function expectCleanable(): Promise<void> {
  app.intercept = () => false;
  const first = await cleanUp();
  expect(first.stdout).toMatch(/^run: \d+ removed, 0 left\n$/);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(strayNotes(app)).toEqual([]);
  expect(app.notes.size).toBe(2);
  expect(await cleanUp()).toMatchObject({ code: 0, stdout: 'nothing was left behind\n', stderr: '' });
}

it.each(['SIGINT', 'SIGTERM'] as const)('%s ends the run after cleaning up, with reports', async (signal) => {
  const changed = arrival(isPatch);
  const { child, ended } = review();
  await changed;
  child.kill(signal);
  const end = await ended;
  expect(end).toMatchObject({ code: 130, signal: null });
  expect(end.stderr).toContain('stopping: removing what this run created');
  expect(complaints(end)).toEqual([]);
  expect(strayNotes(app)).toEqual([]);
  expect(existsSync(join(bench.out, 'report.html'))).toBe(true);
  const { verdict, findings, leftovers, run: facts } = reviewIn(bench.out);
  expect({ verdict: verdict.kind, findings, leftovers }).toEqual({
    verdict: 'not-proven',
    findings: [],
    leftovers: [],
  });
  expect(facts.interrupted).toBe('the run was interrupted');
  expect(await cleanUp()).toMatchObject({ code: 0, stdout: 'nothing was left behind\n' });
});

it('a signal before anything was gathered ends the run in one line, and its folder may be used again', async () => {
  const knocked = arrival(
    ({ path }) => path === '/auth/login',
    () => true,
  );
  const { child, ended } = review();
  await knocked;
  child.kill('SIGINT');
  const end = await ended;
  expect(complaint(end)).toBe('launch-ready: the run was interrupted');
  expect(end.code).toBe(130);
  app.intercept = () => false;
  expect(await run(['review', '--only', 'tenancy', '--out', bench.out], bench)).toMatchObject({ code: 2 });
});

it('a second signal ends the run at once, and cleanup does the rest', async () => {
  const changed = arrival(isPatch);
  const { child, ended } = review();
  await changed;
  // The clean-up hangs from here on.
  const removing = arrival(
    ({ method }) => method === 'DELETE',
    () => true,
  );
  child.kill('SIGINT');
  await removing;
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, signal: null });
  expect(strayNotes(app)).not.toEqual([]);
  await expectCleanable();
});

it('kill -9 between a creation and its answer loses nothing that cleanup does not find', async () => {
  let creations = 0;
  const created = arrival(
    ({ method, path }) => method === 'POST' && path === '/notes' && (creations += 1) === 3,
    (received) => {
      // It is stored, and nobody is told.
      app.handle(received, new ServerResponse(received.raw));
      return true;
    },
  );
  const { child, ended } = review();
  await created;
  child.kill('SIGKILL');
  expect(await ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(strayNotes(app).length).toBe(3);
  await expectCleanable();
});

it('kill -9 midway, with lines torn by the crash: what is there is judged, and cleanup removes the rest', async () => {
  const changed = arrival(isPatch);
  const { child, ended } = review();
  await changed;
  child.kill('SIGKILL');
  await ended;
  for (const name of ['journal.jsonl', 'evidence.jsonl', 'exchanges.jsonl'])
    appendFileSync(join(bench.out, name), '{"id":"x1');
  const judged = await run(['judge', bench.out], bench);
  expect(complaints(judged)).toEqual([]);
  expect(judged.code).toBe(2);
  expect(reviewIn(bench.out)).toMatchObject({
    verdict: { kind: 'not-proven' },
    findings: [],
    run: { interrupted: 'the run was killed before it ended' },
  });
  await expectCleanable();
});

it('a target that dies midway: evidence so far is judged, and cleanup removes what is left when it is back', async () => {
  const changed = arrival(isPatch, () => {
    void app.die();
    return true;
  });
  const { ended } = review();
  await changed;
  const end = await ended;
  expect(complaint(end)).toMatch(
    /^launch-ready: http:\/\/127\.0\.0\.1:\d+ does not answer.*`launch-ready cleanup .+` removes/,
  );
  expect(end.code).toBe(69);
  expect(strayNotes(app)).not.toEqual([]);
  const { verdict, findings, leftovers } = reviewIn(bench.out);
  expect({ verdict: verdict.kind, findings }).toEqual({ verdict: 'not-proven', findings: [] });
  expect(leftovers.length).toBe(strayNotes(app).length);
  expect(readFileSync(join(bench.out, 'evidence.jsonl'), 'utf8')).toContain('"kind":"planting"');
  const still = await cleanUp();
  expect(complaint(still)).toMatch(/does not answer/);
  expect(still.code).toBe(69);
  await app.revive();
  await expectCleanable();
});

it('cleanup goes on with the other runs when one of them cannot be cleaned up', async () => {
  const runs = join(bench.cwd, '.launch-ready');
  const changed = arrival(isPatch);
  const { child, ended } = start(['review', '--only', 'tenancy', '--out', join(runs, '1')], bench);
  await changed;
  child.kill('SIGKILL');
  await ended;
  cpSync(join(runs, '1'), join(runs, '2'), { recursive: true });
  rmSync(join(runs, '2', 'run.json'));
  app.intercept = () => false;
  const end = await run(['cleanup'], bench);
  expect(complaint(end)).toMatch(/^launch-ready: 2: .*run\.json is missing/);
  expect(end.stdout).toMatch(/^1: \d+ removed, 0 left\n$/);
  expect(end.code).toBe(64);
  expect(strayNotes(app)).toEqual([]);
});
