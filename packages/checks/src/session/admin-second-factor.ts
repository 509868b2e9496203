import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** What the password of an administrator opens by itself. */
export const adminSecondFactor = defineCheck({
  id: 'session/admin-second-factor',
  title: 'Administrators need a second factor',
  failureTitle: 'An administrator gets in with the password alone',
  criterion: 'The password alone opens nothing for those who hold the strongest role.',
  requirements: ['SC-AUTHN', 'CK-MFA'],
  severity: 'high',
  how: 'Sends the password of each administrator of the target file and nothing else, and asks with what that gives for something that only a signed-in user gets.',
  why: 'One password that was used elsewhere too is enough to run the whole product, and nobody notices.',
  needs: ['secondFactor'],
  // Checklists that say nothing about second factors are told what was seen, and are not judged by it.
  options: { demanded: false },
  evaluate: ({ secondFactor: { id, trials, because } }, { demanded }) => {
    const alone = trials.filter(({ verdict }) => verdict === 'password-alone').map(({ actor }) => actor);
    if (!demanded) {
      const seen = alone.length === 0 ? because : `${alone.join(', ')} got in with the password alone`;
      return {
        status: 'not-applicable',
        because: `this checklist does not demand a second factor; ${seen}`,
        evidence: [id],
      };
    }
    return judgeTrials({
      record: id,
      trials,
      state: ({ verdict }) =>
        verdict === 'second-step' ? 'good' : verdict === 'password-alone' ? 'bad' : 'unclear',
      finding: (trial) => ({
        subject: { relation: 'password alone', variant: trial.role },
        message: trial.because,
        actors: [trial.actor],
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} ${good === 1 ? 'administrator was' : 'administrators were'} asked for a second factor`,
      failed: () => 'an administrator gets in with the password alone',
      untried: because,
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Demand a second factor of everybody who administers, at login and on the server.',
    steps: [
      'Switch on TOTP or passkeys in the identity provider or library, and require it for administrators.',
      'Give out a session only after the second step; what the first step gives must open nothing.',
      'Refuse administration to accounts that have not enrolled yet.',
    ],
    today: 'Enrol every administrator by hand and require it in the identity provider.',
    effort: 'days',
  },
  references: { cwe: ['CWE-308'], owaspApi: ['API2:2023'], asvs: ['6.3.3'] },
});
