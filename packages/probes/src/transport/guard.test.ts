import type { Operation } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { createLedger } from '../ledger/create-ledger.ts';
import type { LedgerRef, NewLedgerEntry } from '../ledger/ledger.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { guardRefusal } from './guard.ts';
import { parseRawUrl } from './raw-url.ts';
import type { Effect, OutgoingBody, OutgoingRequest } from './transport.ts';

const origin = 'http://127.0.0.1:4000';
const ledger = createLedger({ journal: null });
const planned: NewLedgerEntry = {
  operation: 'POST /posts',
  actor: 'north.admin',
  tenant: 'north',
  type: 'posts',
  twin: 'victim',
  canaries: [{ value: 'lrabc12345678', pointer: '/title' }],
  slots: {},
  readUrl: null,
  deleteUrl: null,
  listUrl: null,
};
const post: LedgerRef = ledger.intend(planned);
ledger.created(post, { objectId: '41', slots: { org: 'acme', post: '41' } });
const pending: LedgerRef = ledger.intend(planned);
ledger.allowScope('acme');

const operation = (method: Operation['method'], path: string, summary?: string): Operation => ({
  id: `${method} ${path}`,
  method,
  path,
  origin,
  tags: [],
  slots: [],
  responses: [],
  declaredAuth: 'unstated',
  sources: [],
  ...(summary === undefined ? {} : { summary }),
});

function refusal(
  called: Operation,
  path: string,
  effect: Effect,
  more: {
    readonly body?: OutgoingBody;
    readonly allow?: readonly string[];
    readonly never?: readonly string[];
  } = {},
): string | null {
  const request: OutgoingRequest = {
    actor: 'north.admin',
    probe: 'test',
    purpose: 'test',
    method: called.method,
    url: `${origin}${path}`,
    operation: called,
    effect,
    ...(more.body ? { body: more.body } : {}),
  };
  const target = loopbackTarget(origin, { allow: { operations: more.allow ?? [], never: more.never ?? [] } });
  return guardRefusal(request, parseRawUrl(request.url), { target, ledger, mode: 'full' });
}
const change: Effect = { kind: 'change', objects: [post] };
const create: Effect = { kind: 'create', entry: pending };
const none: Effect = { kind: 'none' };
const json = (value: unknown): OutgoingBody => ({ kind: 'json', value });
const patchPost = operation('PATCH', '/orgs/{org}/posts/{post}');

test('a change of our own object passes, also as a path variant', () => {
  expect(refusal(patchPost, '/orgs/acme/posts/41', change)).toBeNull();
  expect(refusal(patchPost, '/orgs/acme//posts/./41/', change)).toBeNull();
  expect(refusal(patchPost, '/orgs/acme/posts/41;x=1', change)).toBeNull();
});

test('a change of an object that is not in the ledger is refused with its id', () => {
  expect(refusal(patchPost, '/orgs/acme/posts/42', change)).toMatch(/PATCH \/orgs\/acme\/posts\/42 .*"42"/);
  expect(refusal(patchPost, '/orgs/other/posts/41', change)).toMatch(/"other"/);
  expect(refusal(patchPost, '/orgs/acme/posts/41/../42', change)).toMatch(/"42"/);
  expect(refusal(patchPost, '/v2/orgs/acme/posts/41', change)).toMatch(/"v2"/);
});

test('a change must name one of the objects that it declares', () => {
  expect(refusal(operation('PATCH', '/orgs/{org}'), '/orgs/acme', change)).toMatch(/none of the objects/);
  expect(refusal(operation('DELETE', '/posts'), '/posts', change)).toMatch(/none of the objects/);
  expect(refusal(operation('DELETE', '/posts'), '/posts', change, { body: json({ ids: [41] }) })).toBeNull();
  expect(refusal(operation('DELETE', '/posts'), '/posts', change, { body: json({ ids: [41, 42] }) })).toMatch(
    /"42"/,
  );
  expect(refusal(operation('DELETE', '/posts'), '/posts?id=42', change)).toMatch(/"42"/);
});

test('a creation may name our objects and the scope, and nothing else', () => {
  const make = operation('POST', '/orgs/{org}/posts');
  expect(refusal(make, '/orgs/acme/posts', create, { body: json({ title: 'x' }) })).toBeNull();
  expect(refusal(make, '/orgs/rival/posts', create)).toMatch(/"rival"/);
  const foreign = '0b8ba4a1-6d0c-4a52-8b49-0a4b6f2d7c11';
  expect(refusal(make, '/orgs/acme/posts', create, { body: json({ deep: [{ parent: foreign }] }) })).toMatch(
    foreign,
  );
  expect(refusal(make, '/orgs/acme/posts', { kind: 'create', entry: post })).toMatch(/already stands/);
});

test('a changing request without an effect is refused, a read without one passes', () => {
  expect(refusal(patchPost, '/orgs/acme/posts/41', none)).toMatch(/must say what it creates/);
  expect(refusal(operation('GET', '/posts'), '/posts', none)).toBeNull();
  expect(refusal(operation('POST', '/login'), '/login', { kind: 'session' })).toBeNull();
});

test.each([
  ['GET', '/api/reset'],
  ['GET', '/createdb'],
  ['POST', '/admin/purge-everything'],
  ['GET', '/admin/delete/all'],
  ['POST', '/orgs/{org}/broadcasts/broadcast'],
  ['POST', '/users/{user}/impersonate'],
  ['POST', '/bulkDelete'],
  ['POST', '/payments/refund'],
] as const)('%s %s sounds dangerous', (method, path) => {
  const effect = method === 'GET' ? none : create;
  const url = path.replace(/\{\w+\}/, 'acme');
  expect(refusal(operation(method, path), url, effect)).toMatch(/sounds dangerous/);
  expect(refusal(operation(method, path), url, effect, { allow: [`${method} ${path}`] })).toBeNull();
});

test('a dangerous path is seen without its operation, and behind dots and escapes', () => {
  const harmless = operation('GET', '/posts');
  expect(refusal(harmless, '/posts/../re%73et', none)).toMatch(/"reset"/);
});

test('resetting a password is a session effect, resetting a database is not', () => {
  const session: Effect = { kind: 'session' };
  expect(refusal(operation('POST', '/auth/reset-password'), '/auth/reset-password', session)).toBeNull();
  expect(refusal(operation('POST', '/reset'), '/reset', session)).toMatch(/"reset"/);
});

test('never means never', () => {
  const read = operation('GET', '/posts');
  expect(refusal(read, '/posts', none, { never: ['GET /posts'] })).toMatch(/never/);
});

test('an id with a dangerous name is an id', () => {
  ledger.allowScope('drop');
  expect(refusal(operation('GET', '/orgs/{org}'), '/orgs/drop', none)).toBeNull();
});

test('an action that ends a membership or an account is refused unless it is on an object of ours', () => {
  expect(refusal(operation('POST', '/orgs/{org}/leave'), '/orgs/acme/leave', create)).toMatch(
    /"leave" would end/,
  );
  expect(refusal(operation('POST', '/me/deactivate'), '/me/deactivate', { kind: 'session' })).toMatch(
    /"deactivate" would end/,
  );
  expect(refusal(operation('POST', '/posts/{post}/archive'), '/posts/41/archive', change)).toBeNull();
  const allow = ['POST /orgs/{org}/leave'];
  expect(refusal(operation('POST', '/orgs/{org}/leave'), '/orgs/acme/leave', create, { allow })).toBeNull();
});
