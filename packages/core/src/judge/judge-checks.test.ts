import { describe, expect, it } from 'vitest';
import type { FindingDraft } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';
import { judgeChecks } from './judge-checks.ts';
import {
  failing,
  inapplicable,
  passing,
  sampleCheck,
  sampleDraft,
  sampleLine,
  sampleProfile,
  unsure,
} from './judge-sample.ts';
import type { RunOutcome } from './run-checks.ts';
import { toFindings } from './to-findings.ts';

const other: FindingDraft = sampleDraft({ subject: { operation: 'PUT /posts/{id}' }, evidence: ['x3'] });
const remark: FindingDraft = sampleDraft({
  subject: { operation: 'GET /x' },
  severity: 'info',
  evidence: ['x1'],
});

/** Judges one check whose findings are accepted or not, one by one. */
function judge(outcome: RunOutcome, waived: readonly boolean[] = []) {
  const check = sampleCheck(unsure);
  const drafts = outcome.status === 'fail' ? outcome.findings : [];
  const findings = toFindings(check, drafts, null).map((finding, index) => ({
    ...finding,
    waived: waived[index] ?? false,
  }));
  return judgeChecks([{ check, outcome }], findings, sampleProfile())[0];
}

describe('the result of a check', () => {
  it.each<[string, RunOutcome, readonly boolean[], string, string]>([
    ['keeps a pass', passing, [], 'pass', 'tenancy/read is well'],
    ['keeps an unknown', unsure, [], 'unknown', 'tenancy/read is well'],
    ['keeps not-applicable', inapplicable, [], 'not-applicable', 'tenancy/read is well'],
    ['keeps an error', { status: 'error', because: 'it threw' }, [], 'error', 'tenancy/read is well'],
    ['fails on a finding', failing, [false], 'fail', 'tenancy/read is broken'],
    [
      'fails when one of two is accepted',
      { ...failing, findings: [sampleDraft(), other] },
      [true, false],
      'fail',
      'tenancy/read is broken',
    ],
    [
      'does not fail when all are accepted',
      { ...failing, findings: [sampleDraft(), other] },
      [true, true],
      'pass',
      'tenancy/read is broken (accepted)',
    ],
    [
      'does not fail on a remark that is left',
      { ...failing, findings: [sampleDraft(), remark] },
      [true, false],
      'pass',
      'tenancy/read is broken (accepted)',
    ],
    [
      'does not become a pass by a waiver when something is unproven',
      { ...failing, unproven: 'lists could not be read' },
      [true],
      'unknown',
      'tenancy/read is broken (accepted)',
    ],
  ])('%s', (_, outcome, waived, status, title) => {
    expect(judge(outcome, waived)).toMatchObject({ status, title });
  });

  it('says what was accepted and what stays unproven', () => {
    expect(judge(failing, [true])?.because).toBe('1 finding accepted by waiver; nothing else was found');
    expect(judge({ ...failing, unproven: 'lists could not be read' }, [true])?.because).toBe(
      '1 finding accepted by waiver; besides, lists could not be read',
    );
  });

  it('cites the evidence of its findings once', () => {
    const outcome: Outcome = {
      ...failing,
      findings: [sampleDraft({ evidence: ['x2', 'x1'] }), other, remark],
    };
    expect(judge(outcome)).toMatchObject({ evidence: ['x2', 'x1', 'x3'], findings: { length: 3 } });
  });

  it('names the lines that rest on it', () => {
    const profile = sampleProfile({
      lines: [sampleLine(), sampleLine({ id: 'SC-B', checks: [] }), sampleLine({ id: 'SC-C' })],
    });
    const [result] = judgeChecks([{ check: sampleCheck(passing), outcome: passing }], [], profile);
    expect(result?.lines).toEqual(['SC-AUTHZ', 'SC-C']);
  });
});
