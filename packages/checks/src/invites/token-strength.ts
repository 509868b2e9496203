import { defineCheck } from '@launch-ready/core';
import { judgeStrength } from '../mailed-tokens/judge-strength.ts';

/** Tokens of invites, laid side by side. */
export const inviteTokenStrength = defineCheck({
  id: 'invites/token-strength',
  title: 'Tokens of invites cannot be guessed',
  failureTitle: 'Tokens of invites can be guessed',
  criterion:
    'Tokens of invites neither repeat nor count up, and 64 bits of them can be random; 20 bits of a code that is typed.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'high',
  how: 'Lays the tokens of all invites of this run side by side: length, alphabet, positions that never differ, steps between neighbours, and the time inside them.',
  why: 'Who can guess a token needs no mailbox.',
  needs: ['inviteReplay'],
  options: { minBits: 64, minCodeBits: 19 },
  evaluate({ inviteReplay }, options) {
    const gap = inviteReplay.notTested[0];
    return judgeStrength(
      inviteReplay.id,
      inviteReplay.strength,
      'invites',
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
