import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from './command.ts';
import { startNotesApp, strayNotes, type NotesApp } from './notes-app.ts';
import { startRecordingProxy, type Passed, type RecordingProxy } from './recording-proxy.ts';
import { makeWorkbench, reviewIn, type Workbench } from './workbench.ts';

let app: NotesApp;
let proxy: RecordingProxy;
let bench: Workbench;
beforeEach(async () => {
  app = await startNotesApp();
  for (const tenant of ['north', 'south'])
    for (let index = 0; index < 10; index += 1) {
      const id = randomUUID();
      app.notes.set(id, {
        id,
        tenant,
        author: `old@${tenant}.test`,
        title: `kept ${index}`,
        text: `granite harbour plan ${index} of ${tenant}`,
      });
    }
  // It does not look at whose note it is: whoever asks is taken for somebody of its tenant.
  app.intercept = (received, response) => {
    const note = app.notes.get(/^\/notes\/([\w-]+)$/.exec(received.path)?.[1] ?? '');
    const token = note
      ? [...app.tokens].find(([, email]) => email.endsWith(`@${note.tenant}.test`))?.[0]
      : undefined;
    if (token === undefined) return false;
    received.raw.headers.authorization = `Bearer ${token}`;
    app.handle(received, response);
    return true;
  };
  proxy = await startRecordingProxy(app.origin);
  bench = makeWorkbench({ ...app, origin: proxy.origin });
});
afterEach(async () => {
  bench.remove();
  await proxy.close();
  await app.die();
});

const isChange = ({ method, path }: Passed): boolean =>
  !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method) && !path.startsWith('/auth/');
const idIn = (answer: string): readonly string[] => /"id":"([\w-]+)"/.exec(answer)?.slice(1) ?? [];

it('no changing request of a full review names an object that the run did not make, on an application that lets all through', async () => {
  const kept = new Map([...app.notes].map(([id, note]) => [id, JSON.stringify(note)]));
  await run(['review', '--only', 'tenancy,access,roles', '--mode', 'full', '--out', bench.out], bench);

  const { findings, leftovers } = reviewIn(bench.out);
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    expect.objectContaining(new Set(['tenancy/cross-tenant-read', 'tenancy/cross-tenant-delete'])),
  );
  expect(leftovers).toEqual([]);
  const changes = proxy.passed.filter(isChange);
  expect(changes.length).toBeGreaterThan(30);

  const journal = readFileSync(join(bench.out, 'journal.jsonl'), 'utf8');
  const made = new Set<string>();
  const strangers: string[] = [];
  for (const one of proxy.passed) {
    if (one.method === 'POST' && one.path === '/notes' && one.status === 201)
      for (const id of idIn(one.answer)) made.add(id);
    if (!isChange(one)) continue;
    const whole = `${one.path}\n${one.headers}\n${one.body}`;
    strangers.push(...[...kept.keys()].filter((id) => whole.includes(id)));
    // What had an effect was of this run, and stood in its journal.
    const target = /^\/notes\/([\w-]+)/.exec(one.path)?.[1];
    if (target === undefined || one.status >= 300) continue;
    if (!made.has(target) || !journal.includes(target)) strangers.push(target);
  }
  expect(strangers).toEqual([]);
  expect(new Map([...app.notes].map(([id, note]) => [id, JSON.stringify(note)]))).toEqual(kept);
  expect(strayNotes(app)).toEqual([]);
}, 60_000);

it('a run that only observes sends nothing that changes anything, and finds what can be read across tenants all the same', async () => {
  await run(['review', '--mode', 'observe', '--out', bench.out], bench);
  // Asking a GraphQL server for its schema goes by POST and changes nothing.
  const changes = proxy.passed.filter((one) => isChange(one) && !one.body.includes('IntrospectionQuery'));
  expect(changes).toEqual([]);
  expect(proxy.passed.length).toBeGreaterThan(50);
  const { findings, leftovers, outbound } = reviewIn(bench.out);
  expect(leftovers).toEqual([]);
  expect(outbound).toEqual({ domains: [], hosts: [], mails: null });
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['access/anonymous-access', 'tenancy/cross-tenant-read']),
  );
  expect(readFileSync(join(bench.out, 'evidence.jsonl'), 'utf8')).toContain('"origin":"harvested"');
  // What was found there is not ours to write down.
  expect(readFileSync(join(bench.out, 'journal.jsonl'), 'utf8')).not.toContain('granite');
  expect(readFileSync(join(bench.out, 'evidence.jsonl'), 'utf8')).not.toContain('granite');
}, 60_000);
