import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { complaint, run } from './command.ts';
import { reply, startNotesApp, type Intercept, type NotesApp } from './notes-app.ts';
import { makeWorkbench, reviewIn, textIn, type Workbench } from './workbench.ts';

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

/** Any signed-in account reads any note by its id. */
const anyoneReads: Intercept = ({ method, path, raw }, response) => {
  const note = app.notes.get(/^\/notes\/([\w-]+)$/.exec(path)?.[1] ?? '');
  const isKnown = app.tokens.has((raw.headers.authorization ?? '').replace('Bearer ', ''));
  if (method !== 'GET' || note === undefined || !isKnown) return false;
  reply(response, 200, note);
  return true;
};

it('a finding is still there until it is mended, and cannot be told when its account cannot log in', async () => {
  app.intercept = anyoneReads;
  const review = await run(['review', '--only', 'tenancy/cross-tenant-read', '--out', bench.out], bench);
  expect(review.code).toBe(1);
  const { findings } = reviewIn(bench.out);
  expect(findings.length).toBeGreaterThan(0);
  const id = findings[0]?.id ?? '';

  const there = await run(['verify', id.slice(0, 6), '--review', bench.out], bench);
  expect(there.stdout).toMatch(/^still there: /);
  expect(there.code).toBe(1);

  const notes = [...app.notes.keys()];
  app.intercept = () => false;
  const fixed = await run(['verify', '--all', '--review', bench.out, '--json'], bench);
  expect(fixed.code, fixed.stderr).toBe(0);
  expect(JSON.parse(fixed.stdout)).toEqual(
    findings.map((finding) => expect.objectContaining({ id: finding.id, state: 'fixed' })),
  );
  expect([...app.notes.keys()]).toEqual(notes);

  // The attacker's own login is refused: nobody knows whether the hole is still open.
  const south = new Set(['cy@south.test', 'di@south.test']);
  app.intercept = ({ path, body }, response) => {
    if (path !== '/auth/login' || ![...south].some((email) => body.includes(email))) return false;
    reply(response, 401, { error: 'wrong name or password' });
    return true;
  };
  const unsure = await run(['verify', '--all', '--review', bench.out], bench);
  expect(unsure.stdout).toContain('cannot tell');
  expect(unsure.code).toBe(2);

  const secrets = [...Object.values(app.passwords), ...app.tokens.keys()];
  const said = [there, fixed, unsure].map(({ stdout, stderr }) => stdout + stderr).join('\n');
  const kept = textIn(bench.out) + readFileSync(join(bench.out, 'review.json'), 'utf8');
  for (const secret of secrets) expect(said + kept).not.toContain(secret);
}, 60_000);

it('says in one line which finding to name', async () => {
  await run(['review', '--only', 'tenancy/cross-tenant-read', '--out', bench.out], bench);
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['verify', '--review', bench.out], 'name one finding by its id'],
    [['verify', '--all', '--review', bench.out], 'the review has no findings to verify'],
    [['verify', 'f00', '--review', bench.out], 'the review has no finding f00'],
    [['verify', 'f00'], 'no run below .launch-ready'],
  ];
  for (const [args, said] of cases) {
    const end = await run(args, bench);
    expect(end.code).toBe(64);
    expect(complaint(end)).toContain(said);
  }
}, 60_000);
