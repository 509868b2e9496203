import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** What a page of another site hears on a WebSocket that it opens with a visitor's cookie. */
export const websocketOrigin = defineCheck({
  id: 'browser/websocket-origin',
  title: 'Pages of other sites hear nothing on the WebSockets of a signed-in visitor',
  failureTitle: 'A page of another site can listen on a WebSocket as the signed-in visitor',
  criterion:
    'No WebSocket that is opened with the session cookie by a page of another origin brings what only that visitor may read, unless browsers keep the cookie back.',
  requirements: ['SC-CORS-CSRF', 'CK-CSRF'],
  severity: 'high',
  how: 'Opens each WebSocket with the session cookie and a foreign Origin beside one with the right Origin, lets the visitor make an object with a canary, and looks for it on both. What brought it is opened again by a page of another origin in a real browser. A client that sends no Origin is no page, and is not counted.',
  why: 'Browsers let every page open WebSockets to every site, send the cookies along and ask nobody: only the server can look at Origin.',
  needs: ['socketOrigins'],
  options: {},
  evaluate({ socketOrigins: evidence }) {
    if (!evidence.cookieAuthentication)
      return {
        status: 'not-applicable',
        because: 'no actor is authenticated by a cookie, so nothing travels by itself',
        evidence: [evidence.id],
      };
    if (evidence.sockets.length === 0)
      return {
        status: 'not-applicable',
        because: 'neither the document nor recordings, pages or the target file name a WebSocket',
        evidence: [evidence.id],
      };
    return judgeTrials({
      record: evidence.id,
      trials: evidence.trials,
      state: ({ verdict }) =>
        verdict === 'received' ? 'bad' : verdict === 'inconclusive' ? 'unclear' : 'good',
      finding: (trial) => ({
        subject: { operation: trial.operation },
        message: `${trial.operation} is open to pages of other sites: ${trial.because}`,
        actors: [trial.actor],
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} ${good === 1 ? 'WebSocket' : 'WebSockets'} brought nothing private to a page of another site`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'WebSocket is' : 'WebSockets are'} open to pages of other sites`,
      untried: 'no WebSocket could be opened',
      provenShare: 0.8,
    });
  },
  fix: {
    summary: 'Refuse the handshake when its Origin is present and not your own.',
    steps: [
      'Compare Origin with a list of your own origins before the upgrade is answered, and answer 403 otherwise.',
      'Let clients without Origin in only with a token that no browser sends by itself.',
      'Set SameSite=Lax on the session cookie.',
    ],
    today: 'Set SameSite=Lax on the session cookie.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-1385'], owaspApi: ['API8:2023'], asvs: ['4.4.2'] },
});
