import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

const severities = {
  binding: 'medium',
  'missing-state': 'high',
  'foreign-state': 'high',
  'reused-answer': 'medium',
  'foreign-nonce': 'medium',
  'return-to': 'medium',
  'unverified-email': 'critical',
} as const;

/** Single sign-on turned against its users. */
export const singleSignOn = defineCheck({
  id: 'session/single-sign-on',
  title: 'Single sign-on signs in nobody but its owner',
  failureTitle: 'Single sign-on can sign somebody into the wrong account',
  criterion:
    'The way to the provider carries a fresh value that binds it to the browser; the callback refuses an answer without it, with that of another browser, for the second time or with another nonce; the browser ends inside the application; an unverified address opens no existing account.',
  requirements: ['SC-AUTHN', 'CK-SSO'],
  severity: 'high',
  how: 'Starts a sign-on twice and compares what it carries. With an account of the provider in the target file, goes through with it and brings the answer back without its state, in another browser, a second time, with another nonce where it carries one, after a start that names a foreign address to come back to, and with an unverified address of an existing account.',
  why: 'A sign-on that is not bound to its browser lets an attacker sign people into an account that the attacker reads; one that links by unverified address hands out other accounts.',
  needs: ['singleSignOn'],
  options: {},
  evaluate: ({ singleSignOn: { id, offered, because, trials, notTested } }) => {
    if (!offered) return { status: 'not-applicable', because, evidence: [id] };
    const [gap] = notTested;
    const outcome = judgeTrials({
      record: id,
      trials,
      state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'accepted' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { relation: 'single sign-on', variant: trial.case },
        message: `${trial.because} (sign-on at ${trial.start})`,
        actors: [],
        reproduce: trial.reproduce,
        severity: severities[trial.case],
      }),
      passed: (good) => `${good} trials of the sign-on were refused`,
      failed: () => 'the sign-on can be turned against its users',
      untried: gap?.because ?? because,
      provenShare: 1,
    });
    return outcome.status === 'pass' && gap !== undefined
      ? { status: 'unknown', because: `not everything was tried: ${gap.because}`, evidence: [id] }
      : outcome;
  },
  fix: {
    summary:
      'Bind every sign-on to the browser that started it, and link accounts by the identity of the provider only.',
    steps: [
      'Make a random state, keep it in a cookie or session, and compare it in the callback before anything else.',
      'Use PKCE and a nonce beside it, and compare the nonce of the answer.',
      'Lead browsers back to paths of your own pages only; parse the address, and never compare how it begins.',
      'Link an identity to an existing account only when the provider says that the address is verified, and the account holder agrees while signed in.',
    ],
    today: 'Switch off automatic linking by address.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-352', 'CWE-287'], owaspApi: ['API2:2023'], asvs: ['10.2.1'] },
});
