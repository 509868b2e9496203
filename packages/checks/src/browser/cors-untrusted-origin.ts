import { defineCheck, type Gathered, type Severity } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type Cors = Gathered<'cors'>;
type Travels = NonNullable<Cors['cookieTravels']>;
type Trial = Cors['trials'][number];

/** Private answers that pages of other origins may read. */
export const corsUntrustedOrigin = defineCheck({
  id: 'browser/cors-untrusted-origin',
  title: 'Only listed origins may read private answers',
  failureTitle: 'A page of an unlisted origin may read private answers',
  criterion: 'No private answer names an unlisted origin, or null, as allowed together with credentials.',
  requirements: ['SC-CORS-CSRF', 'CK-CORS'],
  severity: 'critical',
  how: 'Asks private operations, plainly and by preflight, in the name of an arbitrary origin, of null, and of look-alikes of the real one. What seems to be let in is opened in a real browser, where a page of that origin tries to read it as the signed-in user. An answer for everybody (`*`) that carries nothing private without a credential is no finding.',
  why: 'A user who visits a hostile page while signed in hands that page everything the API shows to that user.',
  needs: ['cors'],
  options: {},
  evaluate: ({ cors }) =>
    judgeTrials({
      record: cors.id,
      trials: cors.trials,
      state: (trial) => {
        if (trial.verdict === 'inconclusive') return 'unclear';
        return trial.verdict === 'readable-with-credentials' && trial.privateData ? 'bad' : 'good';
      },
      finding: (trial) => ({
        subject: { operation: trial.operation, relation: trial.originKind },
        message: message(trial, cors.cookieTravels ?? 'yes'),
        actors: [],
        reproduce: trial.reproduce ?? null,
        severity: severityOf(trial, cors.cookieTravels ?? 'yes'),
      }),
      passed: (good) =>
        `${good} requests in the name of unlisted origins were not made readable with credentials`,
      failed: (findings) =>
        `unlisted origins are allowed to read with credentials (${findings} ${findings === 1 ? 'case' : 'cases'})`,
      untried: 'no private operation was found to ask for',
      provenShare: 0.8,
    }),
  fix: {
    summary: 'Compare the Origin header with a fixed list, and allow credentials for listed origins only.',
    steps: [
      'List the origins of your own pages in configuration and compare whole strings, scheme and port included.',
      'Remove null, patterns, and whatever echoes the Origin header.',
      'Add Vary: Origin where the answer depends on the origin.',
    ],
    today:
      'Turn off Access-Control-Allow-Credentials, or the whole CORS setting when pages and API share an origin.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-942'], owaspApi: ['API8:2023'], asvs: ['3.4.2'] },
});

/** Subdomains and the plain-http twin belong to the same site, to which even SameSite cookies travel. */
const sameSite = (trial: Trial): boolean =>
  trial.originKind === 'subdomain' || trial.originKind === 'plain-http';

function severityOf(trial: Trial, cookieTravels: Travels): Severity {
  if (cookieTravels === 'none') return 'low';
  if (trial.browser === 'read') return 'critical';
  if (trial.browser === 'kept-back') return 'medium';
  if (sameSite(trial)) return 'medium';
  return cookieTravels === 'yes' ? 'critical' : 'medium';
}

function message(trial: Trial, cookieTravels: Travels): string {
  const seen = `${trial.operation} allows the origin ${trial.origin} with credentials (${trial.originKind})`;
  if (cookieTravels === 'none')
    return `${seen}; nothing travels by itself today, since no cookie authenticates`;
  if (trial.browser === 'read') return `${seen}; a page there read the answer in a real browser`;
  if (trial.browser === 'kept-back')
    return `${seen}; a real browser kept the session back, which alone still protects it`;
  if (cookieTravels === 'no' && !sameSite(trial))
    return `${seen}; only SameSite on the session cookie still holds it back`;
  return `${seen}; a page there reads the answer as the signed-in user`;
}
