import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { complaint, complaints, run, type Ended } from './command.ts';
import { accounts, reply, startNotesApp, strayNotes, type NotesApp } from './notes-app.ts';
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

const review = (env: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Ended> =>
  run(['review', '--only', 'tenancy', '--out', bench.out, ...args], {
    ...bench,
    env: { ...bench.env, ...env },
  });

it('a wrong password of one actor leaves that actor unproven, and the run goes on', async () => {
  const end = await review({ SOUTH_MEMBER: 'wrong-password-11' });
  expect(complaints(end)).toEqual([]);
  expect(end.code).toBe(2);
  const { coverage, findings } = reviewIn(bench.out);
  expect(coverage.notTested).toContainEqual(
    expect.objectContaining({
      what: 'what south.member may do',
      because: expect.stringMatching(/^POST \/auth\/login refused the login of di@south\.test: status 401/),
    }),
  );
  expect(findings).toEqual([]);
  expect(coverage.actors.map(({ actor, proven }) => [actor, proven])).toEqual([
    ['north.admin', true],
    ['north.member', true],
    ['south.admin', true],
    ['south.member', false],
  ]);
  expect(strayNotes(app)).toEqual([]);
});

it('wrong passwords of all actors are said in one line', async () => {
  const wrong = Object.fromEntries(Object.keys(bench.env).map((name) => [name, `wrong-${name}`]));
  const end = await review(wrong);
  expect(complaint(end)).toMatch(/no account could log in .*north\.admin: .*south\.member: /);
  expect(end.stderr).not.toContain('wrong-');
  expect(textIn(bench.out)).not.toContain('wrong-NORTH');
  expect(end.code).toBe(64);
});

it('a login that redirects in circles is said in one line', async () => {
  app.intercept = ({ path }, response) => {
    if (path.startsWith('/auth') || path.endsWith('login'))
      reply(response, 302, {}, { location: `${path}?again=1` });
    return path.startsWith('/auth') || path.endsWith('login');
  };
  const end = await review();
  expect(complaint(end)).toMatch(/no account could log in/);
  expect(end.code).toBe(64);
});

it('logins that end again and again spoil neither the verdict nor a check', async () => {
  await review({}, '--quiet');
  const undisturbed = reviewIn(bench.out);
  const uses = new Map<string, number>();
  app.intercept = ({ raw }) => {
    const token = (raw.headers.authorization ?? '').replace('Bearer ', '');
    uses.set(token, (uses.get(token) ?? 0) + 1);
    // Every token lives for a dozen requests.
    if ((uses.get(token) ?? 0) > 12) app.tokens.delete(token);
    return false;
  };
  const end = await run(['review', '--only', 'tenancy', '--out', join(bench.cwd, 'second')], bench);
  const disturbed = reviewIn(join(bench.cwd, 'second'));
  const outcomes = (review: typeof disturbed): unknown =>
    review.checks.map((check) => [check.id, check.status]);
  expect(app.seen.filter((line) => line === 'POST /auth/login').length).toBeGreaterThan(8 + 4);
  expect(disturbed.findings).toEqual([]);
  expect(outcomes(disturbed)).toEqual(outcomes(undisturbed));
  expect(end.code).toBe(2);
  expect(strayNotes(app)).toEqual([]);
});

it('no secret of a whole run stands in any file or on any output', async () => {
  const given = new Set<string>();
  app.intercept = () => {
    for (const token of app.tokens.keys()) given.add(token);
    return false;
  };
  const end = await run(
    ['review', '--out', bench.out, '--format', 'terminal,html,md,json', '--json', '--mode', 'full'],
    bench,
  );
  expect(end.code).toBe(2);
  const secrets = [...Object.values(app.passwords), ...given];
  expect(secrets.length).toBeGreaterThanOrEqual(2 * Object.keys(accounts).length);
  const kept = textIn(bench.out);
  for (const secret of secrets) {
    expect(kept.includes(secret)).toBe(false);
    expect(kept.includes(encodeURIComponent(secret).slice(0, 24))).toBe(false);
    expect(kept.includes(Buffer.from(secret).toString('base64').slice(0, 24))).toBe(false);
    expect((end.stdout + end.stderr).includes(secret)).toBe(false);
  }
  expect(strayNotes(app)).toEqual([]);
  // A secure application, reviewed whole: nothing to find, and one document on standard output.
  expect(reviewIn(bench.out).findings).toEqual([]);
  expect(JSON.parse(end.stdout)).toEqual(JSON.parse(readFileSync(join(bench.out, 'review.json'), 'utf8')));
  expect(end.stderr).toContain('REPORTS');

  // The folder holds a run now: another does not write there.
  const second = await run(['review', '--out', bench.out], bench);
  expect(complaint(second)).toMatch(/already holds a run: choose another folder with --out/);
  expect(second.code).toBe(64);

  const again = await run(
    ['judge', bench.out, '--baseline', join(bench.out, 'review.json'), '--json'],
    bench,
  );
  expect(again.code).toBe(2);
  expect(JSON.parse(again.stdout)).toMatchObject({ verdict: JSON.parse(end.stdout).verdict });
});

it('a budget too small to begin and an address that speaks no TLS are said in one line', async () => {
  const small = await review({}, '--max-requests', '10');
  expect(complaint(small)).toMatch(/all 10 requests of the budget are spent .*--max-requests/);
  expect(small.code).toBe(64);
  const plain = await run(['review', app.origin.replace('http:', 'https:')], bench);
  expect(complaint(plain)).toMatch(/does not answer \(it does not speak TLS.*check the address/);
  expect(plain.code).toBe(69);
});
