import type { Gathered } from '@launch-ready/core';
import { expect, test } from 'vitest';
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
  roleMatrix: { id: 'e1', declaredBy: 'permissions.json', cells: [], promotions: [], ...part } as const,
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
