import { defineCheck, type Gathered, type Severity } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type Trial = Gathered<'injection'>['trials'][number];

/** Values that another language behind the API takes for its own. */
export const injection = defineCheck({
  id: 'input/injection',
  title: 'Values are never taken for code',
  failureTitle: 'A value is taken for code behind the API',
  criterion:
    'No text that a user sends is carried out as SQL, as a query operator, as a template, as a script of a page, as a path of a file or as a header.',
  requirements: ['SC-INPUT', 'CK-INPUT'],
  severity: 'critical',
  how: 'Puts harmless conditions, multiplications, a script comment, a path and a line break into own searches and own objects, and looks for their effect: a condition that does not hold loses the object, a product that nobody sent comes back, a script stands where browsers run it. Each effect is seen twice, beside a control.',
  why: 'Who can make the database or the page carry out a text reads and changes what everybody has.',
  needs: ['injection'],
  options: {},
  evaluate: ({ injection: evidence }) =>
    judgeTrials({
      record: evidence.id,
      trials: evidence.trials,
      state: ({ verdict }) => (verdict === 'takes-effect' ? 'bad' : verdict === 'inert' ? 'good' : 'unclear'),
      finding: (trial) => ({
        subject: { operation: trial.operation, variant: `${trial.kind} ${trial.slot}` },
        message: `${trial.slot} of ${trial.operation} is ${words[trial.kind]}: ${trial.because}`,
        actors: [trial.actor],
        reproduce: trial.reproduce,
        severity: severityOf(trial),
      }),
      passed: (good) => `${good} values with the syntax of another language were taken as text`,
      failed: (findings) => `${findings} ${findings === 1 ? 'value is' : 'values are'} taken for code`,
      untried: evidence.notTested?.[0]?.because ?? 'nothing was there to try',
      provenShare: 0.8,
    }),
  fix: {
    summary: 'Hand values over as parameters, and escape them where they are shown.',
    steps: [
      'Use bound parameters in every query, and none that is put together from texts.',
      'Refuse objects where a text is expected, so that no operator arrives.',
      'Give templates values, never texts that were put into the template itself.',
      'Escape by default in pages, and answer data as application/json.',
      'Resolve a file below its folder and compare, or keep files by an id.',
    ],
    today: 'Bind the parameters of the named query.',
    effort: 'hours',
  },
  references: {
    cwe: ['CWE-89', 'CWE-943', 'CWE-1336', 'CWE-79', 'CWE-22', 'CWE-113'],
    owaspApi: ['API8:2023'],
    asvs: ['1.2.1', '1.2.4', '1.2.5'],
  },
});

const words: Readonly<Record<Trial['kind'], string>> = {
  'sql-condition': 'carried out as SQL',
  'sql-error': 'a part of an SQL statement',
  'query-operator': 'carried out as a query operator',
  template: 'carried out as a template',
  'stored-script': 'given out as a script',
  'reflected-script': 'repeated as a script',
  'file-path': 'opened as a path of the server',
  'response-header': 'written into the headers of the answer',
};

function severityOf({ kind }: Trial): Severity {
  if (kind === 'sql-condition' || kind === 'template' || kind === 'file-path') return 'critical';
  return kind === 'response-header' ? 'medium' : 'high';
}
