import { describe, expect, it } from 'vitest';
import type { AcceptanceRule } from '../model/profile.ts';
import type { LineStatus } from '../model/review.ts';
import { judgeAcceptance } from './judge-acceptance.ts';
import { sampleLineResult, sampleProfile } from './judge-sample.ts';

const lines = (['pass', 'fail', 'unknown', 'not-applicable'] as const satisfies readonly LineStatus[]).map(
  (status) => sampleLineResult({ id: status, title: `line ${status}`, status }),
);
const judge = (rule: Partial<AcceptanceRule>) =>
  judgeAcceptance(
    sampleProfile({
      acceptance: [{ id: 'AC-1', text: 'all is well', lines: ['pass'], notYetExamined: [], ...rule }],
    }),
    lines,
  )[0];

describe('an acceptance rule', () => {
  it.each<[string, Partial<AcceptanceRule>, string, string]>([
    ['met when its line passes', {}, 'met', '"line pass" passed'],
    [
      'met when its other line does not apply',
      { lines: ['pass', 'not-applicable'] },
      'met',
      '"line pass" passed',
    ],
    ['not met when one fails', { lines: ['pass', 'fail', 'unknown'] }, 'not-met', '"line fail" failed'],
    [
      'not met when one fails and something is not examined',
      { lines: ['fail'], notYetExamined: ['x'] },
      'not-met',
      'failed',
    ],
    [
      'not proven when one is unknown',
      { lines: ['pass', 'unknown'] },
      'not-proven',
      '"line unknown" is not proven',
    ],
    [
      'not proven while something is not examined',
      { notYetExamined: ['load'] },
      'not-proven',
      'not examined yet: load',
    ],
    [
      'not proven when its line is not in the checklist',
      { lines: ['pass', 'SC-X'] },
      'not-proven',
      'no line SC-X',
    ],
    [
      'not proven when none of its lines applies',
      { lines: ['not-applicable'] },
      'not-proven',
      'none of its lines applies',
    ],
    ['not proven when it names no line', { lines: [] }, 'not-proven', 'none of its lines applies'],
  ])('is %s', (_, rule, state, because) => {
    expect(judge(rule)).toMatchObject({ state, because: expect.stringContaining(because) });
  });
});
