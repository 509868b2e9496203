import type { Gathered } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { permissionsLock } from './permissions-lock.ts';
import { roleMatrix } from './role-matrix.ts';
import { selfPromotion } from './self-promotion.ts';

type Evidence = Gathered<'roleMatrix'>;
type Cell = Evidence['cells'][number];
type Promotion = Evidence['promotions'][number];

const logins = (dead: boolean): Gathered<'logins'> => ({
  id: 'e0',
  actors: [
    {
      actor: 'north.member',
      tenant: 'north',
      role: 'member',
      proven: true,
      because: 'seen',
      exchanges: [],
      heartbeats: [{ after: 'access/role-matrix', alive: !dead, exchange: null }],
    },
  ],
});
const cell = (observed: Cell['observed'], declared: Cell['declared']): Cell => ({
  operation: 'GET /audit',
  role: 'member',
  actor: 'north.member',
  observed,
  declared,
  relation: 'tenant',
  inferred: false,
  doubt: null,
  because: 'seen',
  exchanges: ['x4'],
});
const promotion = (verdict: Promotion['verdict'], operation = 'PATCH /me'): Promotion => ({
  operation,
  actor: 'north.member',
  verdict,
  because: 'seen',
  exchanges: ['x5'],
  reproduce: null,
});
const evidence = (part: Partial<Evidence>, dead = false) => ({
  roleMatrix: {
    id: 'e1',
    declaredBy: 'permissions.json',
    signed: null,
    cells: [],
    promotions: [],
    ...part,
  } as const,
  logins: logins(dead),
});

test.each([
  ['pass', 'a forbidden cell that is denied', [cell('denied', 'denied')]],
  [
    'pass',
    'a permitted cell that is denied to this object, beside a denied forbidden one',
    [cell('denied', 'allowed'), cell('denied', 'denied')],
  ],
  ['fail', 'a forbidden cell that is open', [cell('denied', 'denied'), cell('allowed', 'denied')]],
  [
    'unknown',
    'forbidden cells of which half were not tried',
    [cell('denied', 'denied'), cell('untested', 'denied')],
  ],
  ['unknown', 'nothing forbidden', [cell('allowed', 'allowed'), cell('denied', 'unstated')]],
  ['unknown', 'no cell', []],
] as const)('the matrix: %s on %s', (status, _, cells) => {
  expect(roleMatrix.evaluate(evidence({ cells }), roleMatrix.options).status).toBe(status);
});

test('without a declared matrix nothing is judged', () => {
  const cells = [cell('allowed', 'unstated')];
  expect(roleMatrix.evaluate(evidence({ cells, declaredBy: null }), roleMatrix.options)).toMatchObject({
    status: 'unknown',
    because: expect.stringContaining('no permission matrix is declared'),
  });
});

test('denials of an actor whose login had died prove nothing', () => {
  const cells = [cell('denied', 'denied')];
  expect(roleMatrix.evaluate(evidence({ cells }, true), roleMatrix.options).status).toBe('unknown');
});

test.each([
  ['pass', 'a refused attempt', [promotion('refused')]],
  [
    'fail',
    'an attempt that opened what was denied',
    [promotion('refused', 'PATCH /users/{id}'), promotion('escalated')],
  ],
  ['unknown', 'an attempt that proved nothing', [promotion('inconclusive')]],
  ['unknown', 'no attempt', []],
] as const)('promotion: %s on %s', (status, _, promotions) => {
  expect(selfPromotion.evaluate(evidence({ promotions }), selfPromotion.options).status).toBe(status);
});

const lock = (state: 'allowed' | 'denied', operation = 'GET /audit'): Evidence['signed'] => ({
  version: 1,
  target: 'North',
  signedBy: 'Ada',
  signedOn: '2026-01-02',
  review: 'run-1',
  rights: { [operation]: { member: { tenant: state }, anonymous: { anonymous: 'denied' } } },
});
const judged = (part: Partial<Evidence>, dead = false) =>
  permissionsLock.evaluate(evidence(part, dead), permissionsLock.options);

test('without a signature there is nothing to compare, and the matrix waits for one', () => {
  const cells = [cell('allowed', 'unstated')];
  expect(judged({ cells }).status).toBe('not-applicable');
  expect(roleMatrix.evaluate(evidence({ cells, declaredBy: null }), roleMatrix.options)).toMatchObject({
    status: 'unknown',
    because: expect.stringContaining('sign it'),
  });
  expect(
    roleMatrix.evaluate(evidence({ cells, declaredBy: null, signed: lock('allowed') }), roleMatrix.options)
      .status,
  ).toBe('not-applicable');
});

test('a cell that was signed as denied and is open now is a finding by what it opens', () => {
  const open = cell('allowed', 'unstated');
  expect(judged({ cells: [open], signed: lock('denied') })).toMatchObject({
    status: 'fail',
    findings: [{ severity: 'medium', subject: { operation: 'GET /audit', relation: 'role member, tenant' } }],
  });
  const written = { ...open, operation: 'DELETE /audit' };
  expect(judged({ cells: [written], signed: lock('denied', 'DELETE /audit') })).toMatchObject({
    findings: [{ severity: 'high' }],
  });
  const nobody = { ...open, role: 'anonymous', relation: 'anonymous' } as const;
  expect(judged({ cells: [nobody], signed: lock('denied') })).toMatchObject({
    findings: [{ severity: 'critical' }],
  });
});

test('a right that was lost is told without harm', () => {
  expect(judged({ cells: [cell('denied', 'unstated')], signed: lock('allowed') })).toMatchObject({
    status: 'fail',
    findings: [{ severity: 'info' }],
  });
});

test.each([
  ['pass', 'a denied cell that is still denied', [cell('denied', 'unstated')], false],
  ['unknown', 'a denied cell that was not tried', [cell('untested', 'unstated')], false],
  [
    'unknown',
    'a denied cell of which only a weaker role tells',
    [{ ...cell('allowed', 'unstated'), inferred: true }],
    false,
  ],
  ['unknown', 'a denial of a dead login', [cell('denied', 'unstated')], true],
  [
    'unknown',
    'an operation that nobody signed',
    [cell('denied', 'unstated'), { ...cell('allowed', 'unstated'), operation: 'GET /new' }],
    false,
  ],
] as const)('the lock: %s on %s', (status, _, cells, dead) => {
  expect(judged({ cells, signed: lock('denied') }, dead).status).toBe(status);
});
