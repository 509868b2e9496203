import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

const severities = {
  'before-code': 'critical',
  'without-code': 'critical',
  'foreign-code': 'critical',
  'endless-guesses': 'high',
  'code-twice': 'medium',
} as const;

/** Ways around the second step of a login. */
export const secondStep = defineCheck({
  id: 'session/second-step',
  title: 'The second step cannot be skipped, repeated or guessed',
  failureTitle: 'The second step of a login can be walked around',
  criterion:
    'Nothing that a session gets is open before the code; a missing, empty, made-up or used code and that of another account are refused; guessing is stopped before fifteen wrong codes.',
  requirements: ['SC-AUTHN', 'CK-MFA'],
  severity: 'high',
  how: 'With accounts of the target file that have a secret of codes: reads private data with what the password alone gave; brings no code, a used one and that of another account, with a right one before and after; and, on a throw-away account alone, gives two dozen wrong codes and then the right one. Recovery codes are not looked at.',
  why: 'A second step that can be skipped or guessed is a password with an extra page.',
  needs: ['secondStep'],
  options: {},
  evaluate: ({ secondStep: { id, offered, because, trials, notTested } }) => {
    if (!offered) return { status: 'not-applicable', because, evidence: [id] };
    const [gap] = notTested;
    const outcome = judgeTrials({
      record: id,
      trials,
      state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'accepted' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { relation: 'second step', variant: trial.case },
        message: trial.because,
        actors: [trial.actor],
        reproduce: trial.reproduce,
        severity: severities[trial.case],
      }),
      passed: (good) => `${good} ways around the second step were closed`,
      failed: () => 'the second step can be walked around',
      untried: gap?.because ?? because,
      provenShare: 1,
    });
    return outcome.status === 'pass' && gap !== undefined
      ? { status: 'unknown', because: `not everything was tried: ${gap.because}`, evidence: [id] }
      : outcome;
  },
  fix: {
    summary:
      'Give out a session only after a code that is right, unused and of this account, and count wrong ones per account.',
    steps: [
      'Keep what the password alone gave apart from sessions, and take it nowhere but in the second step.',
      'Store the time step of the last code that was taken for an account, and refuse that step and earlier ones.',
      'Count wrong codes per account, not per login, and stop after five to ten for some minutes.',
      'Refuse a request without a code before anything else.',
    ],
    today: 'Limit requests to the route of the second step to a few in a minute for each account.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-287', 'CWE-307'], owaspApi: ['API2:2023'], asvs: ['6.5.1', '6.6.3', '6.3.3'] },
});
