import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { secondStep } from './second-step.ts';

type Evidence = Gathered<'secondStep'>;

describe('the second step', () => {
  const judge = (part: Partial<Evidence>) =>
    secondStep.evaluate(
      { secondStep: { id: 'e1', offered: true, because: 'found', trials: [], notTested: [], ...part } },
      {},
    );
  const trial = (verdict: Evidence['trials'][number]['verdict'], of: 'code-twice' | 'before-code') =>
    ({ case: of, actor: 'a', verdict, because: 'seen', exchanges: ['x1'], reproduce: null }) as const;
  test.each([
    ['pass', { trials: [trial('refused', 'code-twice')] }],
    ['fail', { trials: [trial('refused', 'code-twice'), trial('accepted', 'before-code')] }],
    ['unknown', { trials: [trial('inconclusive', 'code-twice')] }],
    [
      'unknown',
      {
        trials: [trial('refused', 'code-twice')],
        notTested: [{ case: 'endless-guesses', because: 'no throw-away account' }],
      },
    ],
    ['unknown', { notTested: [{ case: 'code-twice', because: 'no secret of codes' }] }],
    ['not-applicable', { offered: false }],
  ] as const)('%s', (status, part) => expect(judge(part).status).toBe(status));

  test('what is open before the code weighs more than a code that works twice', () => {
    expect(judge({ trials: [trial('accepted', 'before-code')] })).toMatchObject({
      findings: [{ severity: 'critical', subject: { variant: 'before-code' } }],
    });
    expect(judge({ trials: [trial('accepted', 'code-twice')] })).toMatchObject({
      findings: [{ severity: 'medium' }],
    });
  });
});
