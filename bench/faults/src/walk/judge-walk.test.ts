import type { CheckResult, Finding, Review } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { problemsOff, problemsOn, weakness } from './judge-walk.ts';
import { matches } from './matches.ts';

const expects = { check: 'a/b', place: { operation: 'GET /x', relation: 'anonymous' } } as const;
const found = (check: string, subject: Finding['subject']): Finding => ({
  id: 'f1',
  check,
  line: null,
  severity: 'high',
  title: 'title',
  message: 'message',
  subject,
  actors: [],
  evidence: ['e1'],
  reproduce: null,
  fix: { summary: '', steps: [], today: null, effort: 'hours' },
  references: { cwe: [], owaspApi: [], asvs: [] },
  waived: false,
});
const checked = (id: string, status: CheckResult['status']): CheckResult => ({
  id,
  title: id,
  criterion: '',
  severity: 'high',
  status,
  because: 'so it was',
  evidence: [],
  findings: [],
  lines: [],
  references: { cwe: [], owaspApi: [], asvs: [] },
});
const review = (
  checks: readonly CheckResult[],
  findings: readonly Finding[],
): Pick<Review, 'checks' | 'findings'> => ({
  checks,
  findings,
});
const there = found('a/b', { operation: 'GET /x', relation: 'anonymous', variant: 'v' });

describe('a place', () => {
  test.each([
    [true, 'what it names, whatever else there is', there],
    [false, 'another operation', found('a/b', { operation: 'GET /y', relation: 'anonymous' })],
    [false, 'less than it names', found('a/b', { operation: 'GET /x' })],
    [false, 'another check', found('a/c', { operation: 'GET /x', relation: 'anonymous' })],
  ])('is %s for %s', (is, _, finding) => expect(matches(finding, expects)).toBe(is));
});

describe('on', () => {
  const also = { check: 'c/d', place: {}, because: 'the same hole' } as const;
  test('is right with exactly the expected findings', () => {
    expect(problemsOn(review([], [there]), { expects })).toEqual([]);
    expect(problemsOn(review([], [there, found('c/d', {})]), { expects, alsoExpects: [also] })).toEqual([]);
  });
  test('is wrong without the expected finding, and says how its check ended', () => {
    expect(problemsOn(review([checked('a/b', 'unknown')], []), { expects })).toEqual([
      expect.stringContaining('it is unknown: so it was'),
    ]);
    expect(problemsOn(review([], [there]), { expects, alsoExpects: [also] })).toHaveLength(1);
  });
  test('takes what the source shows of the same operation for the same hole, and of no other', () => {
    const same = found('routes/server-guard', { operation: 'GET /x' });
    expect(problemsOn(review([], [there, same]), { expects })).toEqual([]);
    const elsewhere = found('routes/server-guard', { operation: 'GET /y' });
    expect(problemsOn(review([], [there, elsewhere]), { expects })).toHaveLength(1);
  });
  test('is wrong with any other finding', () => {
    expect(problemsOn(review([], [there, found('c/d', {})]), { expects })).toEqual([
      expect.stringContaining('found besides c/d'),
    ]);
  });
});

describe('off', () => {
  test('is right when the check looked and nothing was found', () => {
    expect(problemsOff(review([checked('a/b', 'pass')], []), { expects }, 'off')).toEqual([]);
    expect(problemsOff(review([checked('a/b', 'unknown')], []), { expects }, 'off')).toEqual([]);
  });
  test('is wrong with any finding, and when the check did not look', () => {
    expect(
      problemsOff(review([checked('a/b', 'pass')], [found('c/d', {})]), { expects }, 'off'),
    ).toHaveLength(1);
    expect(problemsOff(review([checked('a/b', 'error')], []), { expects }, 'off')).toHaveLength(1);
    expect(problemsOff(review([], []), { expects }, 'off')).toHaveLength(1);
  });
  test('tells when the check could not prove the good state', () => {
    expect(weakness(review([checked('a/b', 'unknown')], []), { expects })).toContain('so it was');
    expect(weakness(review([checked('a/b', 'pass')], []), { expects })).toBeNull();
  });
});
