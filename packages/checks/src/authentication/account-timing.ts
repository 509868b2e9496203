import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** What the time of an answer tells strangers of who has an account. */
export const accountTiming = defineCheck({
  id: 'authentication/account-timing',
  title: 'Login, reset and invite take as long whether or not an account exists',
  failureTitle: 'The time of an answer tells who has an account',
  criterion:
    'A wrong password, asking for a reset, and inviting an address take equally long for accounts that exist and for others, within 25 ms or a quarter.',
  requirements: ['SC-AUTHN'],
  severity: 'low',
  how: 'Compares the times of answers for throw-away accounts and for invented ones, one of each after the other. A first difference only leads to two runs of eight pairs; it counts when both show it in nine of ten comparisons and labels given out at random do not. Times that vary too much make it unknown.',
  why: 'Who has an account shows as plainly as by a text when the password is only hashed, or the mail only sent, for those who have one.',
  needs: ['loginDoor', 'resetReplay', 'inviteReplay'],
  options: {},
  evaluate({ loginDoor, resetReplay, inviteReplay }) {
    const gap = loginDoor.notTested.find(({ part }) => part === 'oracles');
    const times = [...loginDoor.times, resetReplay.times, inviteReplay.times];
    return judgeTrials({
      record: loginDoor.id,
      trials: times.filter((one) => one !== null),
      state: ({ verdict }) => (verdict === 'alike' ? 'good' : verdict === 'differs' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { operation: trial.operation },
        message: `the time that ${trial.operation} takes tells who has an account: ${trial.because}`,
        actors: ['anonymous'],
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} ${good === 1 ? 'route takes' : 'routes take'} as long whether an account exists or not`,
      failed: (findings) =>
        `the time of ${findings} ${findings === 1 ? 'route tells' : 'routes tell'} who has an account`,
      untried: gap?.because ?? 'no times were compared',
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Do the same work in both cases, or none of it before the answer.',
    steps: [
      'Hash the given password against a fixed hash when there is no such account.',
      'Send mails after the answer, from a queue.',
    ],
    today: null,
    effort: 'hours',
  },
  references: { cwe: ['CWE-208', 'CWE-204'], owaspApi: ['API2:2023'], asvs: ['6.3.8'] },
});
