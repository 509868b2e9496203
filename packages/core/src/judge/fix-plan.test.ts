import { describe, expect, it } from 'vitest';
import type { LineStatus } from '../model/review.ts';
import { fixPlan } from './fix-plan.ts';
import {
  failing,
  sampleCheck,
  sampleCheckResult,
  sampleDraft,
  sampleLineResult,
  sampleProfile,
} from './judge-sample.ts';
import { toFindings } from './to-findings.ts';
import { todayList } from './today-list.ts';

const drafts = [sampleDraft(), sampleDraft({ subject: { operation: 'PUT /x' } })] as const;
const [open, accepted] = toFindings(sampleCheck(failing), drafts, 'SC-AUTHZ').map((finding, index) => ({
  ...finding,
  waived: index === 1,
}));
const findings = [open, accepted].filter((finding) => finding !== undefined);
const checks = [sampleCheckResult({ status: 'fail', findings: findings.map(({ id }) => id) })];
const line = (status: LineStatus, gate: boolean) => sampleLineResult({ status, gate });

describe('the fix plan', () => {
  it.each<[LineStatus, boolean, readonly string[]]>([
    ['fail', true, ['PL-1', 'PL-2']],
    ['fail', false, ['PL-1', 'PL-2']],
    ['unknown', true, ['PL-1', 'PL-2']],
    ['unknown', false, []],
    ['pass', true, []],
    ['not-applicable', true, []],
  ])('for a line that is %s (gate: %s) has %j, by their hours', (status, gate, ids) => {
    expect(fixPlan(sampleProfile(), [line(status, gate)], checks, findings).map(({ id }) => id)).toEqual(ids);
  });

  it('says which lines and findings a step serves, without those that are accepted', () => {
    expect(fixPlan(sampleProfile(), [line('fail', true)], checks, findings)[0]).toEqual({
      id: 'PL-1',
      title: 'Draw the matrix',
      fromHour: 0,
      toHour: 8,
      steps: ['draw'],
      lines: ['SC-AUTHZ'],
      findings: [open?.id],
      because: 'Authorization failed',
    });
    expect(fixPlan(sampleProfile(), [line('unknown', true)], [], [])[0]?.because).toBe(
      'Authorization is not proven',
    );
  });
});

describe('what can be done today', () => {
  it('starts with the findings that are not accepted, each thing once', () => {
    expect(todayList(sampleProfile(), [line('fail', true)], [...findings, ...findings])).toEqual([
      { title: 'tenancy/read is broken', how: 'switch it off' },
      { title: 'List the roles', how: 'write them down' },
    ]);
  });

  it.each<[LineStatus, number]>([
    ['unknown', 1],
    ['pass', 0],
    ['not-applicable', 0],
  ])('when a line is %s has %i entries', (status, count) => {
    expect(todayList(sampleProfile(), [line(status, false)], [])).toHaveLength(count);
  });
});
