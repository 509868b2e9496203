import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** Ways around the password at the login itself. */
export const loginBypass = defineCheck({
  id: 'authentication/login-bypass',
  title: 'Nothing but the right password logs in',
  failureTitle: 'The login can be got around',
  criterion:
    'A wrong, empty, missing or mistyped password, a query or SQL in place of name or password, and passwords that products ship with give no session.',
  requirements: ['SC-AUTHN'],
  severity: 'critical',
  how: 'Sends each to the login for throw-away and invented accounts, and uses whatever comes back on something that only a signed-in user gets. Only what is recognised, twice, counts.',
  why: 'Who gets around the login is everybody.',
  needs: ['loginDoor'],
  options: {},
  evaluate: ({ loginDoor }) =>
    judgeTrials({
      record: loginDoor.id,
      trials: loginDoor.shortcuts,
      state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'let-in' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { operation: trial.operation, variant: trial.kind },
        message: `the login lets in without the password: ${trial.because}`,
        actors: ['anonymous'],
        reproduce: trial.reproduce,
      }),
      passed: (good) => `${good} ways around the password opened nothing`,
      failed: (findings) => `the login can be got around in ${findings} ${findings === 1 ? 'way' : 'ways'}`,
      untried:
        loginDoor.notTested.find(({ part }) => part === 'shortcuts')?.because ?? 'the login was not tried',
      provenShare: 0.8,
    }),
  fix: {
    summary:
      'Take name and password as texts only, look the account up with bound parameters, and compare the hash in every case.',
    steps: [
      'Validate the body of the login: both fields are non-empty texts, everything else is refused.',
      'Bind values in the query; build none of it from the request.',
      'Delete accounts and passwords that come with the product or with its examples.',
    ],
    today: 'Change passwords of accounts that came with the product.',
    effort: 'hours',
  },
  references: {
    cwe: ['CWE-287', 'CWE-89', 'CWE-943', 'CWE-1392'],
    owaspApi: ['API2:2023'],
    asvs: ['1.2.4', '6.3.2'],
  },
});
