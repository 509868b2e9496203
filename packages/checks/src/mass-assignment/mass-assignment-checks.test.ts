import type { Gathered } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { excessiveExposure } from './excessive-exposure.ts';
import { protectedFields } from './protected-fields.ts';

type Evidence = Gathered<'massAssignment'>;
type Trial = Evidence['trials'][number];

const trial = (verdict: Trial['verdict'], part: Partial<Trial> = {}): Trial => ({
  operation: 'POST /tickets',
  actor: 'north.member',
  field: 'status',
  kind: 'state',
  verdict,
  because: 'seen',
  effect: null,
  exchanges: ['x4'],
  reproduce: null,
  ...part,
});
const evidence = (part: Partial<Evidence>, alive = true) => ({
  massAssignment: { id: 'e1', trials: [], exposures: [], answersRead: 9, notTested: [], ...part } as const,
  logins: {
    id: 'e0',
    actors: [
      {
        actor: 'north.member',
        tenant: 'north',
        role: 'member',
        proven: true,
        because: 'seen',
        exchanges: [],
        heartbeats: [{ after: 'mass-assignment/mass-assignment', alive, exchange: null }],
      },
    ],
  } as const,
});

test.each([
  ['pass', 'fields that kept their values', [trial('ignored'), trial('refused')], true],
  ['fail', 'a field that took ours', [trial('ignored'), trial('taken')], true],
  [
    'unknown',
    'a state that callers may be meant to set',
    [...Array.from({ length: 9 }, () => trial('ignored')), trial('asked')],
    true,
  ],
  ['unknown', 'trials without an end', [trial('ignored'), trial('inconclusive')], true],
  ['unknown', 'refusals of a dead login', [trial('refused')], false],
  ['unknown', 'nothing to try', [], true],
  ['unknown', 'names that nothing shows', [trial('ignored', { unseen: true })], true],
  [
    'pass',
    'a field that kept its value beside them',
    [trial('ignored'), trial('ignored', { unseen: true })],
    true,
  ],
] as const)('protected fields: %s on %s', (status, _, trials, alive) => {
  expect(protectedFields.evaluate(evidence({ trials }, alive), protectedFields.options).status).toBe(status);
});

test.each([
  ['critical', 'a tenant that opened', { kind: 'tenant', effect: 'it was found there' }],
  ['high', 'a tenant without an effect', { kind: 'tenant' }],
  ['high', 'an owner', { kind: 'owner' }],
  ['medium', 'money', { kind: 'money' }],
  ['low', 'a date', { kind: 'time' }],
] as const)('%s is what %s weighs', (severity, _, part) => {
  const outcome = protectedFields.evaluate(
    evidence({ trials: [trial('taken', part)] }),
    protectedFields.options,
  );
  expect(outcome).toMatchObject({ status: 'fail', findings: [{ severity }] });
});

const exposure = (part: Partial<Evidence['exposures'][number]> = {}): Evidence['exposures'][number] => ({
  operation: 'GET /members',
  actor: 'north.member',
  field: 'passwordHash',
  kind: 'password-hash',
  own: false,
  verdict: 'exposed',
  because: 'seen',
  exchanges: ['x4'],
  reproduce: null,
  ...part,
});

test('secrets in answers: none passes, one fails, one’s own weighs less, one seen once says nothing', () => {
  const judged = (part: Partial<Evidence>) =>
    excessiveExposure.evaluate(evidence(part), excessiveExposure.options);
  expect(judged({}).status).toBe('pass');
  expect(judged({ answersRead: 0 }).status).toBe('unknown');
  expect(judged({ exposures: [exposure()] })).toMatchObject({
    status: 'fail',
    findings: [{ severity: 'high' }],
  });
  expect(judged({ exposures: [exposure({ own: true })] })).toMatchObject({
    findings: [{ severity: 'medium' }],
  });
  expect(judged({ exposures: [exposure({ verdict: 'inconclusive' })] }).status).toBe('unknown');
});
