import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** Only the mailbox learns the reset token. */
export const resetTokenSecrecy = defineCheck({
  id: 'resets/token-secrecy',
  title: 'Only the mailbox learns the reset token',
  failureTitle: 'Whoever asks for a reset is given its token',
  criterion: 'The answer to asking for a reset does not hold the token.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'critical',
  how: 'Looks for a token in the answer to asking for a reset, and sets a password of the throw-away account with it.',
  why: 'Anybody can ask for a reset of anybody. Who gets the token in the answer needs no mailbox.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['token-in-answer'], {
      good: 'the answer shows no token',
      bad: 'the answer to whoever asks shows a token that sets a password',
    }),
  fix: {
    summary: 'Answer the same empty success to everybody, and mail the token.',
    steps: ['Take the token out of the answer, in every environment that others can reach.'],
    today: 'Switch the development setting off that returns tokens.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-640', 'CWE-200'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
