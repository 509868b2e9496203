import { defineCheck } from '@launch-ready/core';
import { fieldOf, judgeInput } from './judge-input.ts';

/** Internals of the server in answers to bad input. */
export const errorDisclosure = defineCheck({
  id: 'input/error-disclosure',
  title: 'Error answers keep internals to themselves',
  failureTitle: 'Error answers show internals of the server',
  criterion: 'No answer to bad input holds a stack trace, a database error or a path of the server.',
  requirements: ['SC-INPUT', 'SC-DEPLOY', 'CK-LOGS'],
  severity: 'medium',
  how: 'Searches every answer to bad input for stack traces of common runtimes, errors of databases and paths of source files, leaving out what the request itself had sent.',
  why: 'Traces name libraries, versions, tables and paths: a map for whoever looks for the next hole.',
  needs: ['inputHandling'],
  options: {},
  evaluate: ({ inputHandling }) =>
    judgeInput(inputHandling, {
      applies: () => true,
      state: (trial) => {
        if (trial.discloses !== null) return 'bad';
        return trial.status === null ? 'unclear' : 'good';
      },
      message: (trial) =>
        `${trial.operation} answers ${trial.mutation}${fieldOf(trial)} with ${trial.discloses ?? 'internals'}`,
      variant: (trial) => trial.discloses ?? '',
      reproduce: (trial) => trial.reproduceDisclosure ?? null,
      passed: 'no answer showed internals',
      failed: 'answers show internals of the server',
    }),
  fix: {
    summary:
      'Answer unexpected errors with one general sentence and a reference number, and keep the detail in the log.',
    steps: [
      'Add one error handler that turns everything unknown into 500 with a reference number.',
      'Set the production mode of the framework (NODE_ENV=production, DEBUG=False, APP_DEBUG=false).',
    ],
    today: 'Set the production mode of the framework.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-209'], owaspApi: ['API8:2023'], asvs: ['16.5.1'] },
});
