import { describe, expect, it } from 'vitest';
import type { ProfileLine } from '../model/profile.ts';
import type { CheckResult, LineStatus } from '../model/review.ts';
import { judgeLines } from './judge-lines.ts';
import { sampleCheckResult, sampleLine, sampleProfile } from './judge-sample.ts';

const result = (id: string, status: CheckResult['status']) =>
  sampleCheckResult({ id, status, title: `title of ${id}`, because: `reason of ${id}` });
const judge = (line: Partial<ProfileLine>, results: readonly CheckResult[]) =>
  judgeLines(sampleProfile({ lines: [sampleLine(line)] }), results)[0];
const two = { checks: [{ id: 'a/a' }, { id: 'b/b' }] };

describe('a line', () => {
  it.each<[CheckResult['status'], CheckResult['status'], LineStatus]>([
    ['pass', 'pass', 'pass'],
    ['pass', 'not-applicable', 'pass'],
    ['pass', 'unknown', 'unknown'],
    ['pass', 'error', 'unknown'],
    ['pass', 'fail', 'fail'],
    ['fail', 'unknown', 'fail'],
    ['fail', 'error', 'fail'],
    ['fail', 'not-applicable', 'fail'],
    ['not-applicable', 'not-applicable', 'not-applicable'],
    ['not-applicable', 'unknown', 'unknown'],
    ['not-applicable', 'error', 'unknown'],
    ['unknown', 'error', 'unknown'],
  ])('whose checks are %s and %s is %s, in either order', (one, other, status) => {
    expect(judge(two, [result('a/a', one), result('b/b', other)])?.status).toBe(status);
    expect(judge(two, [result('a/a', other), result('b/b', one)])?.status).toBe(status);
  });

  it.each<[string, Partial<ProfileLine>, readonly CheckResult[], LineStatus, string]>([
    [
      'is unknown when a check was not run',
      two,
      [result('a/a', 'pass')],
      'unknown',
      'no check named b/b was run',
    ],
    [
      'is unknown while something is not examined',
      { ...two, notYetExamined: ['passkeys'] },
      [result('a/a', 'pass'), result('b/b', 'pass')],
      'unknown',
      'not examined yet: passkeys',
    ],
    [
      'is unknown while something is not examined, though no check applies',
      { ...two, notYetExamined: ['passkeys'] },
      [result('a/a', 'not-applicable'), result('b/b', 'not-applicable')],
      'unknown',
      'not examined yet: passkeys',
    ],
    [
      'fails although something is not examined',
      { ...two, notYetExamined: ['passkeys'] },
      [result('a/a', 'fail')],
      'fail',
      'title of a/a (reason of a/a)',
    ],
    ['is unknown without checks', { checks: [] }, [], 'unknown', 'no check looks at this line yet'],
    [
      'names every reason',
      two,
      [result('a/a', 'unknown'), result('b/b', 'error')],
      'unknown',
      'title of a/a (reason of a/a); title of b/b (reason of b/b)',
    ],
    [
      'counts what passed',
      two,
      [result('a/a', 'pass'), result('b/b', 'not-applicable')],
      'pass',
      '1 check passed, 1 did not apply',
    ],
    [
      'is not applicable for the reason of its checks',
      { checks: [{ id: 'a/a' }] },
      [result('a/a', 'not-applicable')],
      'not-applicable',
      'reason of a/a',
    ],
  ])('%s', (_, line, results, status, because) => {
    expect(judge(line, results)).toMatchObject({ status, because: expect.stringContaining(because) });
  });
});
