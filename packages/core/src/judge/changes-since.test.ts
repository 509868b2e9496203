import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../model/review.ts';
import { changesSince } from './changes-since.ts';
import { judgeReview } from './judge-review.ts';
import { failing, sampleCheck, sampleCheckResult, sampleDraft, sampleInput } from './judge-sample.ts';
import { toFindings } from './to-findings.ts';

const baseline = judgeReview(sampleInput());
const old = baseline.findings[0]?.id ?? '';
const fresh = toFindings(sampleCheck(failing), [sampleDraft({ subject: { operation: 'PUT /x' } })], null);

describe('changes since an earlier review', () => {
  it('are not told without one', () => {
    expect(changesSince(null, fresh, [])).toBeNull();
  });

  it('are none when the finding is still there', () => {
    expect(changesSince(baseline, baseline.findings, [])).toEqual({
      against: 'r1',
      new: [],
      fixed: [],
      same: [old],
      cannotTell: [],
    });
  });

  it.each<[CheckResult['status'] | 'not run', 'fixed' | 'cannotTell']>([
    ['pass', 'fixed'],
    ['fail', 'fixed'],
    ['unknown', 'cannotTell'],
    ['error', 'cannotTell'],
    ['not-applicable', 'cannotTell'],
    ['not run', 'cannotTell'],
  ])('when a finding is gone and its check is %s, put it under %s', (status, where) => {
    const checks = status === 'not run' ? [] : [sampleCheckResult({ status })];
    const none = { against: 'r1', new: [fresh[0]?.id], fixed: [], same: [], cannotTell: [] };
    expect(changesSince(baseline, fresh, checks)).toEqual({ ...none, [where]: [old] });
  });
});
