import { defineCheck, type Gathered } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type Evasion = NonNullable<Gathered<'rateLimits'>['evasions']>[number];

/** Ways around the login limit: claimed client addresses, and other spellings of the account or of the path. */
export const forgedClientAddress = defineCheck({
  id: 'limits/forged-client-address',
  title: 'The login limit cannot be got around',
  failureTitle: 'The login limit can be got around',
  criterion:
    'While the login limit holds, no made-up client address in a header, and no other spelling of the account or of the path, lets a guess through.',
  requirements: ['SC-RATE', 'CK-RATE'],
  severity: 'high',
  how: 'Reaches the limit with wrong passwords for a throw-away account and repeats the stopped guess with X-Forwarded-For, Forwarded, X-Real-IP, CF-Connecting-IP and others, and with the account and the path spelled otherwise. Only a guess that is let through several times, while the plain one is stopped before, between and after, and before the announced wait could be over, counts. On this machine a header counts only when it is believed as somebody elsewhere could send it: behind a true address that was stopped already.',
  why: 'A limit that counts an address from a header is switched off by one line in the script of whoever guesses.',
  needs: ['rateLimits'],
  options: {},
  evaluate({ rateLimits }) {
    const { evasions = [], routes } = rateLimits;
    if (
      evasions.length === 0 &&
      routes.length > 0 &&
      routes.every((route) => route.verdict === 'unlimited')
    ) {
      return {
        status: 'not-applicable',
        because: 'no limit was seen that could be got around',
        evidence: [rateLimits.id],
      };
    }
    return judgeTrials({
      record: rateLimits.id,
      trials: evasions,
      state: ({ verdict }) => (verdict === 'evaded' ? 'bad' : verdict === 'held' ? 'good' : 'unclear'),
      finding: (trial) => ({
        subject: { operation: trial.operation, variant: trial.variant },
        message: `${what[trial.kind]} gets around the login limit: ${trial.because}`,
        actors: [],
        reproduce: trial.reproduce ?? null,
        severity: trial.series === 'one-account' ? 'high' : 'medium',
      }),
      passed: (good) => `${good} ways around the limit were stopped like the plain guess`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'way leads' : 'ways lead'} around the login limit`,
      untried: 'no limit was reached that answers otherwise than a wrong password',
      provenShare: 0.8,
    });
  },
  fix: {
    summary:
      'Count by the address of the connection, or by the entry that your own proxy wrote, and by one spelling of the account.',
    steps: [
      'Name your proxies in the setting for trusted proxies (Express `trust proxy`, Fastify `trustProxy`) by their addresses or their number, never `true`.',
      'Have the edge replace CF-Connecting-IP, X-Real-IP and their like, and refuse connections that do not come from the edge.',
      'Count by the account that was found, or by its name in lower case without spaces.',
      'Attach the limit to the route as it is matched, not to the text of the path.',
    ],
    today: 'Count by the address of the connection.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-348', 'CWE-307'], owaspApi: ['API2:2023', 'API4:2023'], asvs: ['4.1.3', '6.3.1'] },
});

const what: Readonly<Record<Evasion['kind'], string>> = {
  'client-address': 'a made-up client address',
  'account-spelling': 'another spelling of the account',
  'path-spelling': 'another spelling of the path',
};
