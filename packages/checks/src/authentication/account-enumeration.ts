import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** What login, reset and invite tell of who has an account. */
export const accountEnumeration = defineCheck({
  id: 'authentication/account-enumeration',
  title: 'Login, reset and invite do not tell who has an account',
  failureTitle: 'Login, reset or invite tells who has an account',
  criterion:
    'Login with a wrong password, asking for a reset, and inviting an address into another organisation are answered alike for accounts that exist and for others.',
  requirements: ['SC-AUTHN'],
  severity: 'low',
  how: 'Compares status, text, redirect and cookies for throw-away accounts with those for invented ones, without ids, numbers and the address itself. A difference must show twice on each side. Times are compared by another check; signing up is not looked at, which has to say when an address is taken.',
  why: 'Lists of who is a customer are sold, and save whoever guesses passwords most of the work.',
  needs: ['loginDoor', 'resetReplay', 'inviteReplay'],
  options: {},
  evaluate({ loginDoor, resetReplay, inviteReplay }) {
    const gap = loginDoor.notTested.find(({ part }) => part === 'oracles');
    return judgeTrials({
      record: loginDoor.id,
      trials: [...loginDoor.oracles, resetReplay.oracle, inviteReplay.oracle].filter((one) => one !== null),
      state: ({ verdict }) => (verdict === 'alike' ? 'good' : verdict === 'differs' ? 'bad' : 'unclear'),
      finding: (trial) => ({
        subject: { operation: trial.operation },
        message: `${trial.operation} tells who has an account: ${trial.because}`,
        actors: ['anonymous'],
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} ${good === 1 ? 'route answers' : 'routes answer'} alike whether an account exists or not`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'route tells' : 'routes tell'} who has an account`,
      untried: gap?.because ?? 'no login and no reset was compared',
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Answer the same in both cases, and say the rest by mail.',
    steps: [
      'Say "wrong address or password" whichever of them is wrong.',
      'Answer every request for a reset with the same text, and mail only when there is an account.',
    ],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-204', 'CWE-203'], owaspApi: ['API2:2023'], asvs: ['6.3.8'] },
});
