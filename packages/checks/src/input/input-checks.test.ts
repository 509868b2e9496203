import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { errorDisclosure } from './error-disclosure.ts';
import { injection } from './injection.ts';
import { malformedInput } from './malformed-input.ts';
import { oversizedInput } from './oversized-input.ts';
import { persistedInvalidInput } from './persisted-invalid-input.ts';

type Evidence = Gathered<'inputHandling'>;
type Trial = Evidence['trials'][number];
const trial = (mutation: Trial['mutation'], verdict: Trial['verdict'], part: Partial<Trial> = {}): Trial => ({
  operation: 'POST /posts',
  actor: 'north.member',
  mutation,
  field: 'title',
  status: 400,
  verdict,
  discloses: null,
  because: 'seen',
  exchanges: ['x5'],
  reproduce: null,
  ...part,
});
const evidence = (trials: readonly Trial[], notTested: NonNullable<Evidence['notTested']> = []) => ({
  inputHandling: { id: 'e1', trials, notTested } as const,
});

describe.each([
  [malformedInput, 'wrong-type', 'oversized-body', ['crashed'], ['rejected', 'harmless', 'persisted']],
  [oversizedInput, 'oversized-body', 'wrong-type', ['crashed', 'persisted'], ['rejected', 'harmless']],
  [oversizedInput, 'over-long', 'nul-byte', ['crashed', 'persisted'], ['rejected', 'harmless']],
  [persistedInvalidInput, 'null-field', 'over-long', ['persisted'], ['rejected', 'harmless', 'crashed']],
] as const)('%o with %s', (check, own, other, bad, good) => {
  const judge = (trials: readonly Trial[]) => check.evaluate(evidence(trials), check.options).status;
  test.each(bad)('fails on %s', (verdict) =>
    expect(judge([trial(own, 'rejected'), trial(own, verdict)])).toBe('fail'),
  );
  test.each(good)('passes on %s', (verdict) => expect(judge([trial(own, verdict)])).toBe('pass'));
  test('is unknown when nothing was proven', () =>
    expect(judge([trial(own, 'inconclusive')])).toBe('unknown'));
  test('is unknown when a limit answered one of many trials', () => {
    const many = Array.from({ length: 20 }, () => trial(own, 'rejected'));
    expect(judge([...many, trial(own, 'inconclusive', { status: 429 })])).toBe('unknown');
  });
  test('is unknown without a trial of its own', () =>
    expect(judge([trial(other, 'crashed')])).toBe('unknown'));
});

const gap = (operation: string) => ({ operation, because: 'its body is not known' });

test('more writes out of reach than tried are unknown, and fewer are named in the pass', () => {
  expect(
    malformedInput.evaluate(evidence([trial('nul-byte', 'rejected')], [gap('POST /a'), gap('POST /b')]), {})
      .status,
  ).toBe('unknown');
  expect(
    malformedInput.evaluate(evidence([trial('nul-byte', 'rejected')], [gap('POST /a')]), {}),
  ).toMatchObject({ status: 'pass', because: expect.stringContaining('1 writes could not be tried') });
});

test('one unclear trial in ten does not spoil a pass, and five do', () => {
  const good = Array.from({ length: 9 }, () => trial('nul-byte', 'rejected'));
  const unclear = Array.from({ length: 5 }, () => trial('nul-byte', 'inconclusive'));
  expect(malformedInput.evaluate(evidence([...good, ...unclear.slice(0, 1)]), {}).status).toBe('pass');
  expect(malformedInput.evaluate(evidence([...good, ...unclear]), {}).status).toBe('unknown');
});

const judgeDisclosure = (...trials: readonly Trial[]) =>
  errorDisclosure.evaluate(evidence(trials), errorDisclosure.options);

describe('disclosure', () => {
  test('passes on plain refusals', () =>
    expect(judgeDisclosure(trial('nul-byte', 'rejected')).status).toBe('pass'));
  test('fails on a trace in any answer, one finding for each kind and operation', () => {
    const trace = { discloses: 'a Node.js stack trace' };
    const outcome = judgeDisclosure(
      trial('nul-byte', 'rejected'),
      trial('wrong-type', 'crashed', trace),
      trial('broken-json', 'rejected', trace),
    );
    expect(outcome).toMatchObject({
      status: 'fail',
      findings: [{ subject: { operation: 'POST /posts', variant: 'a Node.js stack trace' } }],
    });
  });
  test('shows the internals again, not the crash they came with', () => {
    const reproduce = { curl: 'curl crash', script: 'crash' };
    const reproduceDisclosure = { curl: 'curl trace', script: 'trace' };
    const discloses = 'a Node.js stack trace';
    const crash = trial('wrong-type', 'crashed', { discloses, reproduce, reproduceDisclosure });
    expect(judgeDisclosure(crash)).toMatchObject({ findings: [{ reproduce: reproduceDisclosure }] });
    expect(malformedInput.evaluate(evidence([crash]), {})).toMatchObject({ findings: [{ reproduce }] });
  });
  test('is unknown when no answer was seen', () =>
    expect(judgeDisclosure(trial('nul-byte', 'crashed', { status: null })).status).toBe('unknown'));
});

type Injected = Gathered<'injection'>['trials'][number];
const injected = (verdict: Injected['verdict'], kind: Injected['kind'] = 'sql-condition'): Injected => ({
  operation: 'GET /search',
  actor: 'north.member',
  kind,
  slot: 'query q',
  verdict,
  because: 'seen',
  exchanges: ['x1'],
  reproduce: null,
});

test.each([
  ['pass', [injected('inert')]],
  ['fail', [injected('inert'), injected('takes-effect', 'template')]],
  ['unknown', [injected('inconclusive')]],
  ['unknown', []],
] as const)('injection is %s on %o', (status, trials) =>
  expect(injection.evaluate({ injection: { id: 'e1', trials } }, injection.options).status).toBe(status),
);
