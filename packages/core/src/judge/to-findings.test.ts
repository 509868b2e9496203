import { describe, expect, it } from 'vitest';
import { failing, sampleCheck, sampleDraft } from './judge-sample.ts';
import { toFindings } from './to-findings.ts';

const check = sampleCheck(failing);

describe('findings of a check', () => {
  it('carry what the check declares', () => {
    expect(toFindings(check, [sampleDraft()], 'SC-AUTHZ')).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        check: 'tenancy/read',
        line: 'SC-AUTHZ',
        severity: 'high',
        title: 'tenancy/read is broken',
        message: 'a member of another tenant read a post',
        subject: { operation: 'GET /posts/{id}', relation: 'foreign member' },
        actors: ['south.member'],
        evidence: ['x2'],
        reproduce: null,
        fix: check.fix,
        references: check.references,
        waived: false,
      },
    ]);
  });

  it('become one when they are about the same thing, with all actors and evidence, and the worst speaks', () => {
    const reproduce = { curl: 'curl', script: 'script' };
    const found = toFindings(
      check,
      [
        sampleDraft({ severity: 'low', actors: ['a', 'b'], evidence: ['x1', 'x2'], reproduce }),
        sampleDraft({
          subject: { operation: 'GET /posts/{post}', relation: 'foreign member' },
          severity: 'critical',
          message: 'worse',
          actors: ['b', 'c'],
          evidence: ['x2', 'x1', 'x3', 'x3'],
        }),
        sampleDraft({ severity: 'info', message: 'milder', actors: [], evidence: ['x4'] }),
      ],
      null,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      severity: 'critical',
      message: 'worse',
      line: null,
      reproduce,
      actors: ['a', 'b', 'c'],
      evidence: ['x1', 'x2', 'x3', 'x4'],
    });
  });

  it('stay apart when they are about different things', () => {
    const other = sampleDraft({ subject: { operation: 'DELETE /posts/{id}', relation: 'foreign member' } });
    expect(new Set(toFindings(check, [sampleDraft(), other], null).map(({ id }) => id)).size).toBe(2);
  });
});
