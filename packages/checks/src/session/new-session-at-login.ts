import { defineCheck } from '@launch-ready/core';

/** A session id from before the login. */
export const newSessionAtLogin = defineCheck({
  id: 'session/new-session-at-login',
  title: 'A login starts a new session',
  failureTitle: 'A session id from before the login is signed in by it',
  criterion:
    'A session cookie that a visitor brings along, given by the application or made up, opens nothing after the login.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'high',
  how: 'Takes the session cookie that a visitor gets, or makes one up, logs in with it, and uses that very cookie afterwards.',
  why: 'Whoever can plant a cookie in a browser waits for its owner to sign in, and is signed in too.',
  needs: ['tokenLife'],
  options: {},
  evaluate({ tokenLife: { id, fixation, notTested } }) {
    if (fixation === null) {
      const gap = notTested.find(({ what }) => what === 'fixation');
      const because = gap?.because ?? 'no session cookie was tried';
      return gap?.absent === true
        ? { status: 'not-applicable', because, evidence: [id] }
        : { status: 'unknown', because, evidence: [id] };
    }
    const { verdict, because, actor, exchanges, reproduce } = fixation;
    if (verdict === 'inconclusive') return { status: 'unknown', because, evidence: [id, ...exchanges] };
    if (verdict === 'refused') return { status: 'pass', because, evidence: [id, ...exchanges] };
    return {
      status: 'fail',
      because,
      findings: [
        {
          subject: { relation: 'login', variant: 'session id from before' },
          message: because,
          actors: [actor],
          evidence: [id, ...exchanges],
          reproduce,
        },
      ],
    };
  },
  fix: {
    summary: 'Make a new session id at every login and drop the old one.',
    steps: [
      'Call what your framework offers to regenerate the session right after the password was checked.',
      'Accept only session ids that the server has made itself.',
    ],
    today: 'Clear the session before each login.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-384'], owaspApi: ['API2:2023'], asvs: ['7.2.4'] },
});
