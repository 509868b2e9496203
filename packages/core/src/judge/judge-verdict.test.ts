import { describe, expect, it } from 'vitest';
import type { LineResult, LineStatus, VerdictKind } from '../model/review.ts';
import { sampleLineResult, sampleProfile } from './judge-sample.ts';
import { judgeVerdict } from './judge-verdict.ts';

const profile = sampleProfile({ failuresThatStop: 2 });
const gate = (status: LineStatus): LineResult =>
  sampleLineResult({ id: `G-${status}`, title: `gate ${status}`, gate: true, status });
const plain = (status: LineStatus): LineResult =>
  sampleLineResult({ id: `L-${status}`, title: `line ${status}`, gate: false, status });

describe('the verdict', () => {
  it.each<[string, readonly LineResult[], string | null, VerdictKind, string]>([
    [
      'all pass',
      [gate('pass'), plain('pass')],
      null,
      'go',
      'Ready to launch: every line that can stop a launch passed.',
    ],
    [
      'a gate fails',
      [gate('fail'), gate('pass')],
      null,
      'no-go',
      'Do not launch yet: "gate fail" failed, and that alone stops a launch.',
    ],
    [
      'a gate fails and another is unknown',
      [gate('fail'), gate('unknown')],
      null,
      'no-go',
      '"gate fail" failed',
    ],
    [
      'a gate is unknown',
      [gate('unknown'), gate('pass')],
      null,
      'not-proven',
      '"gate unknown" could not be proven safe.',
    ],
    [
      'a gate is unknown and a line fails',
      [gate('unknown'), plain('fail')],
      null,
      'not-proven',
      '"line fail" failed and should be mended soon.',
    ],
    [
      'one line fails',
      [gate('pass'), plain('fail')],
      null,
      'go',
      '"line fail" failed and should be mended soon.',
    ],
    [
      'two lines fail',
      [gate('pass'), plain('fail'), plain('fail')],
      null,
      'no-go',
      '2 lines of the checklist failed',
    ],
    [
      'two lines fail and a gate is unknown',
      [gate('unknown'), plain('fail'), plain('fail')],
      null,
      'no-go',
      '2 are enough',
    ],
    ['a line is unknown', [gate('pass'), plain('unknown')], null, 'go', '1 other line could not be proven.'],
    ['a gate does not apply', [gate('not-applicable'), plain('pass')], null, 'go', 'Ready'],
    [
      'nothing applies',
      [gate('not-applicable'), plain('not-applicable')],
      null,
      'not-proven',
      'no line of the checklist could be judged',
    ],
    [
      'only lines are unknown',
      [plain('unknown')],
      null,
      'not-proven',
      'no line of the checklist could be judged',
    ],
    ['there are no lines', [], null, 'not-proven', 'no line of the checklist could be judged'],
    [
      'the run ended early',
      [gate('pass')],
      'stopped by Ctrl-C',
      'not-proven',
      'the review ended early (stopped by Ctrl-C)',
    ],
    ['the run ended early after a gate failed', [gate('fail')], 'stopped', 'no-go', '"gate fail" failed'],
  ])('when %s', (_, lines, interrupted, kind, sentence) => {
    expect(judgeVerdict(profile, lines, interrupted)).toEqual({
      kind,
      sentence: expect.stringContaining(sentence),
      failedGates: lines.filter((line) => line.gate && line.status === 'fail').map(({ id }) => id),
      unknownGates: lines.filter((line) => line.gate && line.status === 'unknown').map(({ id }) => id),
    });
  });
});
