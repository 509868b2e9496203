import { defineCheck } from '@launch-ready/core';
import { fieldOf, isSize, judgeInput } from './judge-input.ts';

/** Invalid values that the owner reads back. */
export const persistedInvalidInput = defineCheck({
  id: 'input/persisted-invalid-input',
  title: 'Invalid values are not stored',
  failureTitle: 'Invalid values are stored',
  criterion: 'No value that the document of the API forbids is read back by its owner after a write.',
  requirements: ['SC-INPUT', 'CK-INPUT'],
  severity: 'medium',
  how: 'Sends values of the wrong type, beyond the declared least or greatest, outside of the declared list or of another format, and null or nothing where a value is required, and reads the object as its owner. A 2xx answer that drops or converts the value is fine.',
  why: 'Whatever reads the value later, a page, an export or a job, meets something it was not written for.',
  needs: ['inputHandling'],
  options: {},
  evaluate: ({ inputHandling }) =>
    judgeInput(inputHandling, {
      applies: (trial) => !isSize(trial),
      state: (trial) =>
        trial.verdict === 'inconclusive' ? 'unclear' : trial.verdict === 'persisted' ? 'bad' : 'good',
      message: (trial) => `${trial.operation} stores ${trial.mutation}${fieldOf(trial)}: ${trial.because}`,
      variant: (trial) => `${trial.mutation} ${trial.field ?? ''}`.trim(),
      // Formats are notes in many documents.
      severity: (trial) => (trial.mutation === 'wrong-format' ? 'low' : 'medium'),
      passed: 'no invalid value was read back',
      failed: 'invalid values are stored',
    }),
  fix: {
    summary: 'Check every field on the server against the type that the document declares.',
    steps: [
      'Generate the check and the document from the same schema.',
      'Add NOT NULL and check constraints to the columns.',
    ],
    today: 'Add constraints to the columns that matter most.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-20', 'CWE-1287'], owaspApi: ['API8:2023'], asvs: ['2.2.1'] },
});
