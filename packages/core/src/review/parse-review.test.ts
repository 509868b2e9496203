import { describe, expect, it } from 'vitest';
import { judgeReview } from '../judge/judge-review.ts';
import { sampleInput } from '../judge/judge-sample.ts';
import { parseReview } from './parse-review.ts';

const good = judgeReview(sampleInput());
const saved = (change: object = {}): unknown => JSON.parse(JSON.stringify({ ...good, ...change }));

describe('reading a saved review', () => {
  it('gives back what was judged', () => {
    expect(parseReview(saved())).toEqual({ ok: true, review: good });
  });

  it('reads a higher minor version and drops what it adds', () => {
    expect(parseReview(saved({ schemaVersion: '1.7', weather: 'fine' }))).toEqual({ ok: true, review: good });
  });

  it.each<[string, unknown, string]>([
    [
      'a higher major version',
      saved({ schemaVersion: '2.0' }),
      'the review has schemaVersion 2.0, newer than 1.0: update launch-ready to read it',
    ],
    [
      'a lower major version',
      saved({ schemaVersion: '0.9' }),
      'the review has schemaVersion 0.9, older than 1.0: judge its saved evidence again',
    ],
    [
      'no version',
      saved({ schemaVersion: undefined }),
      'not a review: schemaVersion is missing or is not like "1.0"',
    ],
    [
      'a version that is none',
      saved({ schemaVersion: 'latest' }),
      'not a review: schemaVersion is missing or is not like "1.0"',
    ],
    ['text', 'review', 'not a review: schemaVersion is missing or is not like "1.0"'],
    ['null', null, 'not a review: schemaVersion is missing or is not like "1.0"'],
    [
      'a score above 100',
      saved({ score: { ...good.score, value: 101 } }),
      'not a valid review: score.value: ',
    ],
    [
      'a verdict that is none',
      saved({ verdict: { ...good.verdict, kind: 'maybe' } }),
      'not a valid review: verdict.kind: ',
    ],
    [
      'a finding without evidence',
      saved({ findings: good.findings.map((finding) => ({ ...finding, evidence: [] })) }),
      'not a valid review: findings.0.evidence',
    ],
    [
      'a citation that is none',
      saved({ findings: good.findings.map((finding) => ({ ...finding, evidence: ['y1'] })) }),
      'not a valid review: findings.0.evidence.0: ',
    ],
    ['no lines', saved({ lines: undefined }), 'not a valid review: lines: '],
  ])('refuses %s in one line', (_, value, error) => {
    const parsed = parseReview(value);
    expect(parsed).toEqual({ ok: false, error: expect.stringContaining(error) });
    expect(parsed.ok ? '' : parsed.error).not.toMatch(/[\r\n]/);
  });
});
