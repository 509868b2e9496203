import { defineCheck, type Gathered } from '@launch-ready/core';
import { judgeTrials, type TrialState } from '../trials/judge-trials.ts';

type Route = Gathered<'mailLimits'>['routes'][number];

/** Mails that anybody can have sent to somebody, again and again. */
export const mailRateLimit = defineCheck({
  id: 'limits/mail-rate-limit',
  title: 'Nobody can be flooded with mails of the application',
  failureTitle: 'Anybody can be flooded with mails of the application',
  criterion:
    'Of 30 resets or invites in a row for one address, no more than 20 mails arrive there, whatever the requests are answered.',
  requirements: ['SC-RATE', 'CK-RATE'],
  severity: 'medium',
  how: 'Asks for resets of one throw-away account, and for invites of one address of ours, up to 30 times each at the end of the run, stops at the first limit, and counts what arrives in the mailbox. A limit that says nothing and keeps the mails back counts as one.',
  why: 'A form that mails whomever it is told to is used to bury people in mails; your domain is then blocked as a sender.',
  needs: ['mailLimits'],
  options: { mailsInARow: 20 },
  evaluate({ mailLimits }, { mailsInARow }) {
    const state = ({ verdict, arrived }: Route): TrialState =>
      verdict === 'inconclusive' ? 'unclear' : arrived > mailsInARow ? 'bad' : 'good';
    return judgeTrials({
      record: mailLimits.id,
      trials: mailLimits.routes,
      state,
      finding: (route) => ({
        subject: { operation: route.operation, variant: route.route },
        message: `${route.operation} sent ${route.arrived} mails to one address in ${route.seconds.toFixed(1)} s${route.limitedBy === null ? ', and never stopped' : ` before it stopped; ${mailsInARow} are allowed`}`,
        actors: [route.actor],
        reproduce: route.reproduce ?? null,
      }),
      passed: () =>
        `mails to one address are stopped: ${mailLimits.routes.map((route) => `${route.route} after ${route.arrived}`).join(', ')}`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'route floods' : 'routes flood'} an address with mails`,
      untried: mailLimits.notTried[0]?.because ?? 'no route that sends mails could be tried',
      provenShare: 1,
    });
  },
  fix: {
    summary: 'Count mails by the address they go to, besides counting requests by who asks.',
    steps: [
      'Keep a counter per recipient in a shared store, and send no more than a few mails of one kind an hour.',
      'Answer as always when a mail is kept back, so that nobody learns who has an account.',
      'Limit invites per account and per organisation, and answer 429 with Retry-After above that.',
    ],
    today: 'Add a rate rule for these paths at the edge (Cloudflare, nginx).',
    effort: 'hours',
  },
  references: { cwe: ['CWE-770', 'CWE-799'], owaspApi: ['API4:2023', 'API6:2023'], asvs: ['2.4.1'] },
});
