import { defineCheck } from '@launch-ready/core';
import { judgeResetCases } from './judge-reset-case.ts';

/** A reset link works once even in the same instant. */
export const resetRace = defineCheck({
  id: 'resets/race',
  title: 'A reset link works once even in the same instant',
  failureTitle: 'A reset link works several times in the same instant',
  criterion: 'Of several uses of one reset link that arrive together, one sets a password.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'medium',
  how: 'Ends five uses of one token in the same write, each with another password, and counts the notices of changed passwords and the passwords that log in.',
  why: 'What is looked up first and marked as used later lets two requests through between the two.',
  needs: ['resetReplay'],
  options: {},
  evaluate: ({ resetReplay }) =>
    judgeResetCases(resetReplay, ['race'], {
      good: 'of several uses in the same instant one had an effect',
      bad: 'one reset link set several passwords in the same instant',
    }),
  fix: {
    summary: 'Take the token in one statement that only one request can win.',
    steps: [
      'Delete or update the token with a condition that it is unused and go on only if a row was changed.',
      'Do this before the password is hashed and stored, inside one transaction.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-362', 'CWE-367'], owaspApi: ['API2:2023'], asvs: ['2.3.3', '2.3.4', '6.5.1'] },
});
