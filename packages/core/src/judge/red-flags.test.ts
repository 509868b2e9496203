import { describe, expect, it } from 'vitest';
import type { Attestation } from '../model/attestation.ts';
import type { RedFlagRule } from '../model/profile.ts';
import type { CheckResult } from '../model/review.ts';
import { sampleCheckResult, sampleProfile } from './judge-sample.ts';
import { redFlags } from './red-flags.ts';

const rule = (raisedBy: RedFlagRule['raisedBy']): RedFlagRule => ({
  id: 'RF',
  statement: 'so',
  why: 'because',
  raisedBy,
});
const byChecks = rule({ kind: 'checks', checks: ['a/a', 'b/b'] });
const byAnswer = rule({ kind: 'answer', question: 'Q-1', answer: 'no' });
const checks = (a: CheckResult['status'], b?: CheckResult['status']) => [
  sampleCheckResult({ id: 'a/a', status: a }),
  ...(b === undefined ? [] : [sampleCheckResult({ id: 'b/b', status: b })]),
];
const answer = (change: Partial<Attestation> = {}): Attestation => ({
  question: 'Q-1',
  answer: 'yes',
  by: 'Ada',
  on: '2030-01-01',
  ...change,
});
const judge = (flag: RedFlagRule, results: readonly CheckResult[], answers: readonly Attestation[]) =>
  redFlags(sampleProfile({ redFlags: [flag] }), results, answers, '2030-01-02').flags[0]?.state;

describe('a red flag raised by checks', () => {
  it.each<[string, readonly CheckResult[]]>([
    ['raised', checks('fail', 'pass')],
    ['raised', checks('unknown', 'fail')],
    ['clear', checks('pass', 'pass')],
    ['clear', checks('pass', 'not-applicable')],
    ['unanswered', checks('pass', 'unknown')],
    ['unanswered', checks('pass', 'error')],
    ['unanswered', checks('pass')],
    ['unanswered', []],
  ])('is %s', (state, results) => {
    expect(judge(byChecks, results, [])).toBe(state);
  });

  it('is unanswered when it names no check', () => {
    expect(judge(rule({ kind: 'checks', checks: [] }), [], [])).toBe('unanswered');
  });
});

describe('a red flag raised by an answer', () => {
  it.each<[string, string, readonly Attestation[]]>([
    ['unanswered', 'nobody answered', []],
    ['unanswered', 'another question was answered', [answer({ question: 'Q-2' })]],
    ['unanswered', 'the answer is signed in the future', [answer({ on: '2030-01-03' })]],
    ['clear', 'the answer is the other one', [answer()]],
    ['raised', 'the answer raises it', [answer({ answer: 'no' })]],
    ['clear', 'a later answer takes it back', [answer({ answer: 'no' }), answer({ on: '2030-01-02' })]],
    [
      'raised',
      'an earlier answer stands later in the list',
      [answer({ answer: 'no', on: '2030-01-02' }), answer()],
    ],
    ['raised', 'two answers of one day disagree', [answer(), answer({ answer: 'no' })]],
  ])('is %s when %s', (state, _, answers) => {
    expect(judge(byAnswer, [], answers)).toBe(state);
  });
});

const raised = (need: number) =>
  redFlags(
    sampleProfile({ redFlags: [byChecks, byAnswer], redFlagsForSenior: need }),
    checks('fail'),
    [answer({ answer: 'no' })],
    '2030-01-02',
  );

describe('red flags together', () => {
  it('call for a senior engineer from the number the profile names', () => {
    expect(raised(2)).toMatchObject({ raised: 2, seniorEngineer: true });
    expect(raised(3)).toMatchObject({ raised: 2, seniorEngineer: false });
  });
});
