import { describe, expect, it } from 'vitest';
import { review } from '../model/review.ts';
import { judgeReview, type JudgeInput } from './judge-review.ts';
import {
  failing,
  inapplicable,
  operationsRecord,
  passing,
  sampleCheck,
  sampleDraft,
  sampleInput,
  sampleLine,
  sampleProfile,
  unsure,
} from './judge-sample.ts';

const waiverFor = (id: string | undefined, expires = '2030-12-31') => ({
  finding: id,
  reason: 'accepted by the board',
  owner: 'Ada',
  expires,
});
const firstFinding = (input: JudgeInput = sampleInput()) => judgeReview(input).findings[0]?.id;

describe('a judged review', () => {
  it('fits the published shape and is the same for the same input, byte for byte', () => {
    const one = judgeReview(sampleInput({ latency: [{ operation: 'GET /a', ms: 3 }], waivers: [null, 7] }));
    expect(review.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    expect(
      JSON.stringify(
        judgeReview(sampleInput({ latency: [{ operation: 'GET /a', ms: 3 }], waivers: [null, 7] })),
      ),
    ).toBe(JSON.stringify(one));
  });

  it.each<[string, Partial<JudgeInput>, object]>([
    [
      'passes',
      { checks: [sampleCheck(passing)] },
      { verdict: 'go', line: 'pass', score: 100, acceptance: 'met', flag: 'clear' },
    ],
    ['fails', {}, { verdict: 'no-go', line: 'fail', score: 0, acceptance: 'not-met', flag: 'raised' }],
    [
      'cannot tell',
      { checks: [sampleCheck(unsure)] },
      { verdict: 'not-proven', line: 'unknown', score: null, acceptance: 'not-proven', flag: 'unanswered' },
    ],
    [
      'is not there',
      { checks: [] },
      { verdict: 'not-proven', line: 'unknown', score: null, acceptance: 'not-proven', flag: 'unanswered' },
    ],
    [
      'has no evidence',
      { checks: [sampleCheck(passing)], records: [] },
      { verdict: 'not-proven', line: 'unknown', score: null, acceptance: 'not-proven', flag: 'unanswered' },
    ],
    [
      'cites what is not there',
      { checks: [sampleCheck(failing)], exchanges: new Set() },
      { verdict: 'not-proven', line: 'unknown', score: null, acceptance: 'not-proven', flag: 'unanswered' },
    ],
    [
      'does not apply',
      { checks: [sampleCheck(inapplicable)] },
      { verdict: 'not-proven', line: 'not-applicable', score: null, acceptance: 'not-proven', flag: 'clear' },
    ],
  ])('follows through when its check %s', (_, change, expected) => {
    const judged = judgeReview(sampleInput(change));
    expect({
      verdict: judged.verdict.kind,
      line: judged.lines[0]?.status,
      score: judged.score.value,
      acceptance: judged.acceptance[0]?.state,
      flag: judged.redFlags.flags[0]?.state,
    }).toEqual(expected);
  });

  it('is go when its only finding is accepted, and keeps the finding in sight', () => {
    const judged = judgeReview(sampleInput({ waivers: [waiverFor(firstFinding())] }));
    expect(judged.verdict.kind).toBe('go');
    expect(judged.findings).toMatchObject([{ waived: true }]);
    expect(judged.waivers).toMatchObject([{ state: 'used' }]);
    expect(judged.plan).toEqual([]);
  });

  it('is no-go when the acceptance has run out', () => {
    const judged = judgeReview(sampleInput({ waivers: [waiverFor(firstFinding(), '2030-01-01')] }));
    expect(judged.verdict.kind).toBe('no-go');
    expect(judged.waivers).toMatchObject([{ state: 'expired' }]);
  });

  it('does not become go by a waiver when its check could not see everything', () => {
    const input = sampleInput({ checks: [sampleCheck({ ...failing, unproven: 'lists could not be read' })] });
    expect(judgeReview({ ...input, waivers: [waiverFor(firstFinding(input))] }).verdict.kind).toBe(
      'not-proven',
    );
  });

  it('is not proven when the run was interrupted', () => {
    const { run } = sampleInput();
    const judged = judgeReview(
      sampleInput({ checks: [sampleCheck(passing)], run: { ...run, interrupted: 'Ctrl-C' } }),
    );
    expect(judged.verdict).toMatchObject({ kind: 'not-proven', sentence: expect.stringContaining('Ctrl-C') });
  });

  it('is not proven when the profile sets an option its check does not have', () => {
    const profile = sampleProfile({
      lines: [sampleLine({ checks: [{ id: 'tenancy/read', options: { lest: 2 } }] })],
    });
    const judged = judgeReview(sampleInput({ profile, checks: [sampleCheck(passing)] }));
    expect(judged.checks[0]).toMatchObject({
      status: 'error',
      because: expect.stringContaining('the option lest'),
    });
    expect(judged.verdict.kind).toBe('not-proven');
  });

  it('lists the worst finding first, and those of no line as well', () => {
    const low = sampleCheck({ ...failing, findings: [sampleDraft({ severity: 'low' })] }, 'aaa/low');
    const judged = judgeReview(sampleInput({ checks: [low, sampleCheck(failing)] }));
    expect(judged.findings.map(({ check, line }) => [check, line])).toEqual([
      ['tenancy/read', 'SC-AUTHZ'],
      ['aaa/low', null],
    ]);
    expect(judged.checks[0]).toMatchObject({ id: 'aaa/low', lines: [] });
  });

  it('refuses a day that is none, since no waiver could be judged by it', () => {
    expect(() => judgeReview(sampleInput({ today: 'today' }))).toThrow('Invalid ISO date');
  });

  it('does not depend on what else was recorded', () => {
    const more = sampleInput({
      records: [operationsRecord, { id: 'e2', kind: 'cors', status: 'missing', because: 'late' }],
    });
    expect(judgeReview(more).verdict).toEqual(judgeReview(sampleInput()).verdict);
  });
});
