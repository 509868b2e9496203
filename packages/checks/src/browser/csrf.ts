import { defineCheck, type Gathered } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type Trial = Gathered<'csrf'>['trials'][number];

/** State changes that another site can trigger in the name of a signed-in visitor. */
export const csrf = defineCheck({
  id: 'browser/csrf',
  title: 'Other sites cannot change anything in the name of a signed-in visitor',
  failureTitle: 'Another site can change data in the name of a signed-in visitor',
  criterion:
    'No state change works with the session cookie when it arrives as a hostile page would send it, unless browsers keep the cookie back.',
  requirements: ['SC-CORS-CSRF', 'CK-CSRF'],
  severity: 'high',
  how: 'Sends changes to objects of its own as form, multipart, plain text and GET, and a form that says by `_method` that it is a DELETE, with the session cookie and a foreign Origin, after the same change from the right origin worked, and reads the object as its owner. Whether the cookie would travel is told from its SameSite flag, and what works is done again by a page of another origin in a real browser.',
  why: "A signed-in user only has to open a page for it to post, delete or invite in that user's name.",
  needs: ['csrf'],
  options: {},
  evaluate({ csrf: evidence }) {
    if (!evidence.cookieAuthentication) {
      return {
        status: 'not-applicable',
        because: 'no actor is authenticated by a cookie, so nothing travels by itself',
        evidence: [evidence.id],
      };
    }
    return judgeTrials({
      record: evidence.id,
      trials: evidence.trials,
      state: (trial) => {
        if (trial.verdict === 'inconclusive') return 'unclear';
        return trial.verdict === 'changed' && reachable(trial) ? 'bad' : 'good';
      },
      finding: (trial) => ({
        subject: { operation: trial.operation, variant: trial.style },
        message: `${trial.operation} was carried out when sent cross-site as ${trial.style} with the session cookie: ${trial.because}`,
        actors: [trial.actor],
        reproduce: trial.reproduce,
      }),
      passed: (good) => `${good} cross-site requests changed nothing, or would have come without the cookie`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'change works' : 'changes work'} from another site`,
      untried: evidence.notTested?.[0]?.because ?? 'no state change was found that could be tried',
      provenShare: 0.8,
    });
  },
  fix: {
    summary:
      'Refuse state changes whose Sec-Fetch-Site or Origin header names another site, and set SameSite on the session cookie.',
    steps: [
      'Refuse POST, PUT, PATCH and DELETE when Sec-Fetch-Site is cross-site, or when Origin is present and not your own.',
      'Accept only application/json where the body is JSON.',
      'Move state changes from GET to POST, and switch method override off.',
      'Set SameSite=Lax on the session cookie.',
    ],
    today: 'Set SameSite=Lax on the session cookie.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-352'], owaspApi: ['API8:2023'], asvs: ['3.5.1', '3.5.3'] },
});

/** Lax cookies travel with a top-level GET, such as a link, and with nothing else. */
const reachable = (trial: Trial): boolean =>
  trial.cookieTravels === 'yes' || (trial.cookieTravels === 'only-top-level-get' && trial.style === 'get');
