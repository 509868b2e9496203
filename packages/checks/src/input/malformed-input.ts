import { defineCheck } from '@launch-ready/core';
import { fieldOf, isSize, judgeInput, statusOf } from './judge-input.ts';

/** Bad input of ordinary size that brings down a request. */
export const malformedInput = defineCheck({
  id: 'input/malformed-input',
  title: 'Malformed input is refused cleanly',
  failureTitle: 'Malformed input makes the server fail',
  criterion:
    'Broken, mistyped, incomplete and deeply nested bodies, and values outside of what is declared, never lead to a 5xx answer or a dropped connection.',
  requirements: ['SC-INPUT', 'CK-INPUT'],
  severity: 'medium',
  how: 'Sends every write that works with good input once more with broken JSON, wrong types, missing and null fields, numbers out of range, values that are not listed, a NUL byte, 2,000 levels of nesting, a list of 10,000 entries, keys of the object prototype and a wrong content type. A crash is counted when it happens twice while the server is otherwise well.',
  why: 'An input that nobody expected, and that reaches the code behind the check, is where crashes, injected queries and outages begin.',
  needs: ['inputHandling'],
  options: {},
  evaluate: ({ inputHandling }) =>
    judgeInput(inputHandling, {
      applies: (trial) => !isSize(trial),
      state: (trial) =>
        trial.verdict === 'inconclusive' ? 'unclear' : trial.verdict === 'crashed' ? 'bad' : 'good',
      message: (trial) =>
        `${trial.operation} answers ${trial.mutation}${fieldOf(trial)} with ${statusOf(trial)}`,
      variant: (trial) => trial.mutation,
      passed: 'malformed input was answered without a server error',
      failed: 'malformed input makes the server fail',
    }),
  fix: {
    summary: 'Check every body against a schema before any other code sees it, and answer 400 or 422.',
    steps: [
      'Declare a schema for each body (zod, JSON schema, class-validator) and refuse unknown and mistyped fields.',
      'Answer parse errors with 400 in the error handler.',
      'Refuse NUL characters in text, which PostgreSQL cannot store.',
    ],
    today: 'Add an error handler that answers 400 to errors of parsing and validation.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-20', 'CWE-248'], owaspApi: ['API8:2023'], asvs: ['2.2.1'] },
});
