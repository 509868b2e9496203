import { defineCheck } from '@launch-ready/core';
import { fieldOf, isSize, judgeInput, statusOf } from './judge-input.ts';

/** Input that is far larger than it should be. */
export const oversizedInput = defineCheck({
  id: 'input/oversized-input',
  title: 'Oversized input is refused cleanly',
  failureTitle: 'Oversized input is stored or makes the server fail',
  criterion:
    'A body of 2 MB, and a text of 100,000 characters where a short one belongs, are neither stored nor answered with a 5xx.',
  requirements: ['SC-INPUT', 'CK-INPUT'],
  severity: 'medium',
  how: 'Sends a body of 2 MB once for each kind of object, and a text of 100,000 characters in a field that declares less or is named like a short one, and reads the object as its owner. A 413 whose connection is then closed is a clean refusal.',
  why: 'Without a limit one user fills the database, slows every list down, or takes the process out of memory.',
  needs: ['inputHandling'],
  options: {},
  evaluate: ({ inputHandling }) =>
    judgeInput(inputHandling, {
      applies: isSize,
      state: (trial) =>
        trial.verdict === 'inconclusive'
          ? 'unclear'
          : trial.verdict === 'crashed' || trial.verdict === 'persisted'
            ? 'bad'
            : 'good',
      message: (trial) =>
        trial.verdict === 'persisted'
          ? `${trial.operation} stores ${trial.mutation} input${fieldOf(trial)}`
          : `${trial.operation} answers ${trial.mutation} input${fieldOf(trial)} with ${statusOf(trial)}`,
      variant: (trial) => trial.mutation,
      passed: 'oversized input was refused or dropped without a server error',
      failed: 'oversized input is stored or makes the server fail',
    }),
  fix: {
    summary: 'Limit the size of bodies in the server and the length of every text in its schema.',
    steps: [
      'Set a body limit, such as 100 kB for JSON, and answer 413 above it.',
      'Declare a maximum length for every text, in the schema and in the database.',
    ],
    today: 'Set the body limit in the server or at the edge.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-770', 'CWE-1284'], owaspApi: ['API4:2023'], asvs: ['2.2.1'] },
});
