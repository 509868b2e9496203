import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectSessions } from '../session/connect-sessions.ts';
import type { Sessions } from '../session/sessions.ts';
import { systemClock } from '../system-clock.ts';
import type { TargetActor } from '../target/target.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { createTransport } from '../transport/http-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { cleanUp } from './clean-up.ts';
import { createLedger } from './create-ledger.ts';
import { openJournal, readJournal } from './journal.ts';
import type { Ledger, NewLedgerEntry } from './ledger.ts';

interface Post {
  readonly id: number;
  readonly title: string;
}
let server: LoopbackServer;
let posts: Post[];
let notes: Post[];
let folder: string;
let behaviour: 'honest' | 'lies' | 'forbids' | 'admins-only';

const actors: TargetActor[] = ['admin', 'member'].map((role) => ({
  id: `north.${role}`,
  tenant: 'north',
  role,
  login: { kind: 'bearer', token: `token-of-${role}` },
}));

function handle(request: IncomingMessage, response: ServerResponse): void {
  const role = /^Bearer token-of-(\w+)$/.exec(request.headers.authorization ?? '')?.[1];
  const reply = (status: number, value: unknown = {}): void =>
    void response.writeHead(status).end(JSON.stringify(value));
  if (!role) return reply(401);
  const [path] = (request.url ?? '').split('?');
  if (path === '/api/me') return reply(200, { id: role, email: `${role}@north.test` });
  if (path === '/api/posts') {
    const after = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after') ?? 0);
    const page = posts.filter(({ id }) => id > after).slice(0, 2);
    const last = page.at(-1);
    const more = last && posts.some(({ id }) => id > last.id);
    return reply(200, { items: page, next: more ? `/api/posts?after=${last.id}` : null });
  }
  if (path === '/api/all') return reply(200, { items: posts.filter(({ title }) => title !== 'hidden') });
  const child = /^\/api\/posts\/(\d+)\/notes\/(\d+)$/.exec(path ?? '');
  if (child) {
    const note = notes.find(({ id }) => id === Number(child[2]));
    if (!note || !posts.some(({ id }) => id === Number(child[1]))) return reply(404);
    if (request.method !== 'DELETE') return reply(200, note);
    if (behaviour === 'honest') notes = notes.filter((one) => one !== note);
    return reply(204);
  }
  if (path === '/api/cut') return reply(200, { data: Array.from({ length: 20 }, (_, id) => ({ id })) });
  const id = Number(/^\/api\/posts\/(\d+)$/.exec(path ?? '')?.[1]);
  const post = posts.find((candidate) => candidate.id === id);
  if (!post) return reply(404);
  if (request.method !== 'DELETE') return reply(200, post);
  if (behaviour === 'forbids' || (behaviour === 'admins-only' && role !== 'admin')) return reply(403);
  if (behaviour === 'honest' || behaviour === 'admins-only')
    posts = posts.filter((candidate) => candidate !== post);
  return reply(204);
}

beforeEach(async () => {
  posts = [{ id: 1, title: 'not ours' }];
  notes = [];
  behaviour = 'honest';
  folder = mkdtempSync(join(tmpdir(), 'launch-ready-clean-'));
  server = await startLoopbackServer(handle);
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A run's ledger, transport and sessions over the journal in the folder, as a command would open them. */
async function open(): Promise<{
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly transport: Transport;
}> {
  const path = join(folder, 'journal.jsonl');
  const ledger = createLedger({ restored: readJournal(path), journal: openJournal(path) });
  const target = loopbackTarget(server.origin, { actors });
  const transport = createTransport({
    target,
    ledger,
    mode: 'standard',
    clock: systemClock,
    redactor: { addSecret: () => {}, text: (text) => text, headers: (list) => list },
    transcript: { write: () => {}, close: () => {} },
    runId: 'test',
    version: '0',
  });
  const { sessions } = await connectSessions({ target, transport, operations: [], clock: systemClock });
  return { ledger, sessions, transport };
}

const planned = (canary: string, more: Partial<NewLedgerEntry> = {}): NewLedgerEntry => ({
  operation: 'POST /api/posts',
  actor: 'north.member',
  tenant: 'north',
  type: 'posts',
  twin: 'victim',
  canaries: [{ value: canary, pointer: '/title' }],
  slots: {},
  readUrl: null,
  deleteUrl: null,
  listUrl: `${server.origin}/api/posts`,
  ...more,
});
function plant(
  ledger: Ledger,
  id: number,
  more: { readonly deletable?: boolean; readonly listUrl?: string } = {},
): void {
  const ref = ledger.intend(planned(`lrcanary${id}`));
  posts.push({ id, title: `lrcanary${id}` });
  const url = `${server.origin}/api/posts/${id}`;
  ledger.created(ref, {
    objectId: String(id),
    slots: { post: String(id) },
    readUrl: url,
    deleteUrl: more.deletable === false ? null : url,
    ...(more.listUrl === undefined ? {} : { listUrl: more.listUrl }),
  });
}

test('objects are removed newest first by their creator, and seen to be gone', async () => {
  const run = await open();
  plant(run.ledger, 2);
  plant(run.ledger, 3);
  expect(await cleanUp(run)).toEqual({ cleaned: 2, leftovers: [] });
  expect(posts).toEqual([{ id: 1, title: 'not ours' }]);
  expect(server.seen.filter((line) => line.startsWith('DELETE'))).toEqual([
    'DELETE /api/posts/3',
    'DELETE /api/posts/2',
  ]);
  expect(await cleanUp(run)).toEqual({ cleaned: 0, leftovers: [] });
});

test('after a crash the journal is enough, also for an object whose creation was never answered', async () => {
  const before = await open();
  plant(before.ledger, 2);
  before.ledger.intend(planned('lrcanary7'));
  posts.push({ id: 3, title: 'not ours either' }, { id: 7, title: 'lrcanary7 text' });
  before.ledger.intend(planned('lrcanary8'));

  const after = await open();
  expect(await cleanUp(after)).toEqual({ cleaned: 2, leftovers: [] });
  expect(posts.map(({ id }) => id)).toEqual([1, 3]);
  expect(after.ledger.entries.map(({ state }) => state)).toEqual(['cleaned', 'cleaned', 'not-created']);
});

test('a DELETE that answers 204 and removes nothing leaves a leftover, which a later clean-up removes', async () => {
  const run = await open();
  plant(run.ledger, 2);
  behaviour = 'lies';
  const { leftovers } = await cleanUp(run);
  expect(leftovers).toEqual([
    {
      ref: 'o1',
      type: 'posts',
      owner: 'north.member',
      because: 'DELETE as north.member answered 204, and it can still be read',
    },
  ]);
  behaviour = 'honest';
  expect(await cleanUp(await open())).toEqual({ cleaned: 1, leftovers: [] });
});

test('when the creator may not delete, another account of its tenant does', async () => {
  const run = await open();
  plant(run.ledger, 2);
  behaviour = 'admins-only';
  expect(await cleanUp(run)).toMatchObject({ cleaned: 1, leftovers: [] });
});

test('what nobody may delete, or nothing deletes, is told honestly', async () => {
  const run = await open();
  plant(run.ledger, 2);
  plant(run.ledger, 3, { deletable: false });
  behaviour = 'forbids';
  const { leftovers } = await cleanUp(run);
  expect(leftovers.map(({ because }) => because)).toEqual([
    'DELETE as north.member answered 403, and it can still be read',
    'the application has no operation that deletes it',
  ]);
});

test('an object without a delete that went with its parent is clean', async () => {
  const run = await open();
  plant(run.ledger, 2, { deletable: false });
  posts = [];
  expect(await cleanUp(run)).toEqual({ cleaned: 1, leftovers: [] });
});

test('a target that is gone leaves everything as leftovers with the reason', async () => {
  const run = await open();
  for (const id of [2, 3, 4, 5]) plant(run.ledger, id);
  await server.stop();
  const { leftovers } = await cleanUp(run);
  expect(leftovers).toHaveLength(4);
  expect(leftovers[0]?.because).toMatch(/no connection/);
  server = await startLoopbackServer(handle);
});

test('an object that may stand on a page nobody sees is a leftover, not absent', async () => {
  const run = await open();
  run.ledger.intend(planned('lrcanary9', { listUrl: `${server.origin}/api/cut` }));
  const { leftovers } = await cleanUp(run);
  expect(leftovers[0]?.because).toBe(
    'whether it was made is not known, and its list may be cut where it ends',
  );
});

test('many objects of one list are seen to be gone from it, after one of them was seen to be gone by itself', async () => {
  const run = await open();
  for (const id of [2, 3, 4, 5, 6, 7]) plant(run.ledger, id, { listUrl: `${server.origin}/api/all` });
  const before = server.seen.length;
  expect(await cleanUp(run)).toEqual({ cleaned: 6, leftovers: [] });
  expect(posts).toEqual([{ id: 1, title: 'not ours' }]);
  // A list before, six removals, one read, a list after.
  expect(server.seen.length - before).toBe(9);
});

test('a list is not believed over an object that it still shows', async () => {
  const run = await open();
  for (const id of [2, 3, 4, 5]) plant(run.ledger, id, { listUrl: `${server.origin}/api/all` });
  behaviour = 'lies';
  const { leftovers } = await cleanUp(run);
  expect(leftovers.map(({ because }) => because)).toEqual(
    [2, 3, 4, 5].map(() => 'DELETE as north.member answered 204, and it can still be read'),
  );
});

test('what lies below an object that is gone needs no read of its own, but is removed all the same', async () => {
  const run = await open();
  plant(run.ledger, 2);
  plantNote(run.ledger, 2, 1);
  plantNote(run.ledger, 2, 2);
  const before = server.seen.length;
  expect(await cleanUp(run)).toEqual({ cleaned: 3, leftovers: [] });
  expect(notes).toEqual([]);
  expect(server.seen.slice(before)).toEqual([
    'DELETE /api/posts/2/notes/2',
    'DELETE /api/posts/2/notes/1',
    'DELETE /api/posts/2',
    'GET /api/posts/2',
  ]);
});

test('what lies below an object that stays is looked at by itself', async () => {
  const run = await open();
  plant(run.ledger, 2);
  plantNote(run.ledger, 2, 1);
  behaviour = 'lies';
  const { leftovers } = await cleanUp(run);
  expect(leftovers.map(({ type }) => type)).toEqual(['posts', 'notes']);
});

function plantNote(ledger: Ledger, post: number, id: number): void {
  const ref = ledger.intend(planned(`lrnote${id}`, { type: 'notes', listUrl: null }));
  notes.push({ id, title: `lrnote${id}` });
  const url = `${server.origin}/api/posts/${post}/notes/${id}`;
  ledger.created(ref, {
    objectId: `n${id}`,
    slots: { post: String(post), note: String(id) },
    readUrl: url,
    deleteUrl: url,
  });
}

test('an object that was taken for gone and still stands in its list is removed', async () => {
  const run = await open();
  plant(run.ledger, 2, { listUrl: `${server.origin}/api/all` });
  run.ledger.cleaned('o1');
  expect(await cleanUp(run)).toMatchObject({ leftovers: [] });
  expect(posts.map(({ id }) => id)).toEqual([1]);
});
