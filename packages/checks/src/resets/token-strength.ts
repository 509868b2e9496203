import { defineCheck } from '@launch-ready/core';
import { judgeStrength } from '../mailed-tokens/judge-strength.ts';

/** Tokens of resets, laid side by side. */
export const resetTokenStrength = defineCheck({
  id: 'resets/token-strength',
  title: 'Tokens of resets cannot be guessed',
  failureTitle: 'Tokens of resets can be guessed',
  criterion:
    'Tokens of resets neither repeat nor count up, and 64 bits of them can be random; 20 bits of a code that is typed.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'high',
  how: 'Lays the tokens of all resets of this run side by side: length, alphabet, positions that never differ, steps between neighbours, and the time inside them.',
  why: 'Who can guess a token needs no mailbox.',
  needs: ['resetReplay'],
  options: { minBits: 64, minCodeBits: 19 },
  evaluate({ resetReplay }, options) {
    const gap = resetReplay.notTested[0];
    return judgeStrength(
      resetReplay.id,
      resetReplay.strength,
      'resets',
      options,
      gap?.because ?? 'too few tokens were seen',
    );
  },
  fix: {
    summary: 'Make tokens of 128 random bits with the random source of the operating system.',
    steps: [
      'Use 16 bytes or more of a cryptographic random source, and store only their hash.',
      'Take ids, counters and times out of the token.',
    ],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-330', 'CWE-340'], owaspApi: ['API2:2023'], asvs: ['6.5.2', '11.5.1'] },
});
