import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../src/main.ts';

let place: string;
beforeAll(() => (place = mkdtempSync(join(tmpdir(), 'launch-ready-permissions-'))));
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function say(...args: readonly string[]): Promise<Said> {
  let out = '';
  let err = '';
  const code = await main(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isInteractive: false,
    color: false,
    width: 100,
  });
  return { code, out, err };
}

const cell = (
  operation: string,
  role: string,
  relation: string,
  observed: string,
  doubt: string | null = null,
) => ({
  operation,
  role,
  actor: role === 'anonymous' ? 'anonymous' : `north.${role}`,
  relation,
  observed,
  declared: 'unstated',
  inferred: false,
  doubt,
  because: 'seen',
  exchanges: [],
});
const usual = [
  cell('GET /notes', 'member', 'tenant', 'allowed'),
  cell('GET /notes', 'anonymous', 'anonymous', 'denied'),
  cell('DELETE /notes/{id}', 'member', 'own', 'allowed', 'allowed, while its sibling is denied'),
  cell('DELETE /notes/{id}', 'admin', 'peer', 'allowed'),
  cell('GET /audit', 'member', 'tenant', 'denied'),
  cell('GET /audit', 'admin', 'tenant', 'untested'),
];

/** A saved run with this matrix, judged by the real command. */
async function savedRun(cells: readonly object[], signed: unknown = null): Promise<string> {
  const folder = mkdtempSync(join(place, 'run-'));
  const target = join(folder, 'target');
  mkdirSync(target);
  writeFileSync(join(target, 'launch-ready.config.json'), '{}');
  const records = [
    { id: 'e1', kind: 'logins', status: 'gathered', data: { actors: [] } },
    {
      id: 'e2',
      kind: 'roleMatrix',
      status: 'gathered',
      data: { declaredBy: null, signed, cells, promotions: [] },
    },
  ];
  writeFileSync(join(folder, 'evidence.jsonl'), records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const facts = {
    tool: { name: 'launch-ready', version: '0.0.0', node: 'v24' },
    run: {
      id: 'run-7',
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 1,
      mode: 'standard',
      requests: 1,
      interrupted: null,
    },
    target: {
      name: 'Notes',
      origins: { app: 'http://127.0.0.1:9' },
      tenants: ['north'],
      actors: ['admin', 'member'].map((role) => ({ id: `north.${role}`, tenant: 'north', role })),
      file: join(target, 'launch-ready.config.json'),
    },
    profile: 'b2b-community',
    selection: { only: [], skip: [] },
    mode: 'standard',
    latency: [],
    waivers: [],
    attestations: [],
    leftovers: [],
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(facts));
  const judged = await say('judge', folder, '--format', 'html,md');
  expect(judged.err).toBe('');
  return folder;
}

let folder: string;
beforeEach(async () => (folder = await savedRun(usual)));

test('the matrix is shown as a table, with what is doubtful below', async () => {
  const { code, out } = await say('permissions', folder);
  expect(code).toBe(0);
  expect(out.split('\n').slice(0, 4)).toEqual([
    'operation           admin     member    anonymous',
    'GET /notes          ?         yes       no',
    'DELETE /notes/{id}  peer yes  own yes!  ?',
    'GET /audit          ?         no        ?',
  ]);
  expect(out).toContain('member, DELETE /notes/{id}: allowed, while its sibling is denied');
  expect(out).toContain('nobody has signed a matrix yet');
  const json: unknown = JSON.parse((await say('permissions', join(folder, 'review.json'), '--json')).out);
  expect(json).toMatchObject({ signed: null, roles: ['admin', 'member', 'anonymous'] });
  for (const report of ['report.html', 'report.md'])
    expect(readFileSync(join(folder, report), 'utf8')).toContain('own yes!');
});

test('a signature is written beside the target file, in one order whatever order the run had', async () => {
  const { code, out } = await say('permissions', folder, '--sign', 'Ada');
  const lock = join(folder, 'target', 'permissions.lock');
  expect([code, out]).toEqual([0, `${lock}: 6 cells signed by Ada\n`]);
  const text = readFileSync(lock, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    target: 'Notes',
    signedBy: 'Ada',
    review: 'run-7',
    rights: { 'GET /notes': { anonymous: { anonymous: 'denied' }, member: { tenant: 'allowed' } } },
  });
  const turned = await savedRun(usual.toReversed());
  const elsewhere = join(turned, 'signed.json');
  await say('permissions', turned, '--sign', 'Ada', '--out', elsewhere);
  expect(readFileSync(elsewhere, 'utf8')).toBe(text);
});

test('a later review is compared with what was signed', async () => {
  await say('permissions', folder, '--sign', 'Ada');
  const lock: unknown = JSON.parse(readFileSync(join(folder, 'target', 'permissions.lock'), 'utf8'));
  const changed = usual.map((one) =>
    one.operation === 'GET /audit' ? { ...one, observed: 'allowed' } : one,
  );
  const later = await savedRun(changed, lock);
  const review = readFileSync(join(later, 'review.json'), 'utf8');
  expect(review).toContain('the role member is now allowed GET /audit');
  expect((await say('permissions', later)).out).toContain('compared with the matrix that Ada signed on');
});

test.each([
  [['--sign', ' '], /--sign needs the name/],
  [['--out', 'x.lock'], /--out is where a signature goes/],
  [['--sign', 'Ada', '--out', '/nowhere/at/all/x.lock'], /cannot be written: choose another place/],
] as const)('%j is refused in one line', async (args, message) => {
  const { code, err } = await say('permissions', folder, ...args);
  expect(code).toBe(64);
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test.each([
  ['no JSON', '{', /permissions.lock is not JSON/],
  ['another shape', '{"version":1}', /permissions.lock is no signed matrix \(target: /],
  ['a version of later', '{"version":2}', /permissions.lock is no signed matrix \(version: /],
] as const)('a lock that is %s is told in one line before anything is sent', async (_, text, message) => {
  const target = mkdtempSync(join(place, 'target-'));
  writeFileSync(
    join(target, 'launch-ready.config.json'),
    '{"name":"Nobody","origins":{"app":"http://127.0.0.1:9"}}',
  );
  writeFileSync(join(target, 'permissions.lock'), text);
  const { code, err } = await say('review', target, '--yes');
  expect(code).toBe(64);
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
});
