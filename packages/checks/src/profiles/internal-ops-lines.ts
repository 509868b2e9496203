import type { ProfileLine } from '@launch-ready/core';
import {
  authorizationChecks,
  inputChecks,
  invalidCredentialChecks,
  loginDoorChecks,
  loginLimitChecks,
  otherSiteChecks,
  resetChecks,
  sessionChecks,
  sourceChecks,
} from './check-groups.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { scorecardLine as line } from './scorecard-line.ts';
import { alertDelay, countedBy, loginAttempts, weakestDmarcPolicy } from './thresholds.ts';

// The source document wants logins limited and names no number; this is the usual value of the check.
const attemptsPerMinute = 5;

/** The scorecard of an internal operations community. */
export const internalOpsLines: readonly ProfileLine[] = [
  line({
    id: 'SC-AUTHN',
    title: 'The login cannot be walked around',
    criterion:
      'Private routes refuse missing, expired and altered credentials; login, reset and single sign-on offer no detour; administrators use a second factor; sessions and tokens end when they should, and session cookies carry all flags.',
    gate: true,
    weight: 15,
    whyItMatters: 'Staff accounts reach far, and people reuse passwords at work too.',
    whatBreaks: "An outsider works inside the company under a colleague's name.",
    thresholds: [],
    checks: [
      ...invalidCredentialChecks,
      ...sessionChecks,
      { id: 'session/single-sign-on' },
      { id: 'session/admin-second-factor', options: { demanded: true } },
      ...loginDoorChecks,
      ...resetChecks(1440),
    ],
    notYetExamined: [gap.tokenLife],
  }),
  line({
    id: 'SC-AUTHZ',
    title: 'The server enforces roles on every sensitive route',
    criterion:
      "Seen as administrator, as staff and as restricted member, each route allows what the role matrix says and no more; changing an id in address or body opens nobody else's record.",
    gate: true,
    weight: 20,
    whyItMatters:
      'Payroll notes and private messages live next to everyday posts, and one role decides who sees them.',
    whatBreaks: 'Ordinary staff read and use what is meant for administrators.',
    thresholds: [{ name: 'kinds of user compared', value: 3, unit: null }],
    checks: [...authorizationChecks, ...sourceChecks],
    notYetExamined: [
      gap.graphqlAndWebsocket,
      gap.protectedFields,
      gap.unplantedKinds,
      'whether at least three kinds of user were compared',
    ],
  }),
  line({
    id: 'SC-SECRETS',
    title: 'Secrets are kept in one place on the server',
    criterion:
      'Repository, history, logs and browser code contain no working secret, and production shares none with development or staging.',
    gate: true,
    weight: 14,
    whyItMatters: 'A leaked key is usually found by machines that search for nothing else.',
    whatBreaks: 'Data is copied out through a key that was valid in more places than anybody remembered.',
    thresholds: [],
    checks: [],
    notYetExamined: [
      'secrets in the source tree and its history',
      'secrets in build output and browser code',
      'secrets in logs',
      'secrets shared between production and other environments',
    ],
  }),
  line({
    id: 'SC-TLS',
    title: 'Every name insists on a valid certificate',
    criterion:
      'Certificates of the domain and all names below it are valid, plain HTTP is redirected, HSTS is on and pages load nothing in the clear.',
    gate: true,
    weight: 9,
    whyItMatters: 'Single sign-on and cookies stop working as soon as one name in the chain is not trusted.',
    whatBreaks: 'People meet a browser warning instead of their work, or are signed out over and over.',
    thresholds: [],
    checks: [],
    notYetExamined: [gap.certificates, gap.httpsRedirect, gap.hsts, gap.mixedContent],
  }),
  line({
    id: 'SC-EDGE',
    title: 'Floods are stopped in front of the application',
    criterion: `Cloudflare or an equal filters traffic and absorbs floods, its protection cannot be sidestepped, and repeated requests are limited, with ${attemptsPerMinute} login attempts a minute from one address.`,
    gate: false,
    weight: 7,
    whyItMatters: 'An internal tool on a public address gets the same attacks as a shop.',
    whatBreaks: 'Bots slow the tool down in working hours, or scrape profiles and search results.',
    thresholds: [loginAttempts(attemptsPerMinute), countedBy('address, account and, where it helps, device')],
    // This scorecard has no line of its own for limits; it counts them as part of the protection at the edge.
    checks: loginLimitChecks(attemptsPerMinute),
    notYetExamined: [
      gap.edgeInFront,
      gap.originReachable,
      'limits on password resets for many accounts',
      'limits on invites to many addresses',
      'limits on search',
      'limits on messages',
      gap.manyAddresses,
    ],
  }),
  line({
    id: 'SC-EMAIL',
    title: 'Resets reach staff and forgeries do not',
    criterion:
      'SPF names approved senders only, DKIM signs, DMARC passes with alignment, and its policy is quarantine or reject.',
    gate: false,
    weight: 6,
    whyItMatters: 'A forged message from your own domain is the one staff believe.',
    whatBreaks: "Reset messages do not arrive, and phishing in the company's name does.",
    thresholds: [weakestDmarcPolicy('quarantine')],
    checks: [],
    notYetExamined: [gap.dnsOfMail, gap.liveMail],
  }),
  line({
    id: 'SC-CORS-CSRF',
    title: 'Only your own pages reach the API from a browser',
    criterion:
      'On every route that the API describes, origins are compared with an exact list, no wildcard or reflected origin gets credentials, foreign pages cannot cause changes, and answers switch on the protections that browsers offer.',
    gate: false,
    weight: 6,
    whyItMatters: 'Colleagues browse the web in the same browser in which they are signed in here.',
    whatBreaks: "A page from outside pulls internal data through a colleague's browser.",
    thresholds: [],
    checks: [...otherSiteChecks, { id: 'browser/security-headers' }],
    // The source document judges this by response headers and by requests from an origin that is not approved; the checks do the same.
    notYetExamined: [],
  }),
  line({
    id: 'SC-INPUT',
    title: 'Bad payloads are refused without fuss',
    criterion:
      'Malformed, mistyped, oversized and hostile payloads are turned away by every write that the API describes: nothing crashes, nothing of them is stored, no trace is shown.',
    gate: false,
    weight: 8,
    whyItMatters: 'Imports, scripts and tired people send nonsense long before an attacker does.',
    whatBreaks: 'A workflow stops for everybody because one bad record got in.',
    thresholds: [],
    checks: inputChecks,
    notYetExamined: [gap.injectionEffect],
  }),
  line({
    id: 'SC-LOG-ALERT',
    title: 'Failures are recorded and somebody is told',
    criterion:
      'Authentication failures, server errors and failed deployments are logged and raise an alert that reaches a person.',
    gate: false,
    weight: 7,
    whyItMatters: 'Work stops with the tool, so each minute before somebody knows is paid for by everyone.',
    whatBreaks: 'The team finds out from angry messages, hours later.',
    // The source document names no number. Five minutes is the longest delay that any of the five checklists accepts.
    thresholds: [alertDelay(5)],
    checks: [],
    notYetExamined: [gap.securityEvents, gap.errorAlert, gap.attackAlert, 'an alert on a failed deployment'],
  }),
  line({
    id: 'SC-ROLLBACK',
    title: 'The way back from a bad release has been walked',
    criterion:
      'Before launch a release was rolled back while the product was in use, and each migration leaves the previous version able to run.',
    gate: true,
    weight: 8,
    whyItMatters:
      'A release goes wrong sooner or later; practice decides whether that costs minutes or a day.',
    whatBreaks: 'A migration locks everybody out, and the old version no longer starts.',
    thresholds: [],
    checks: [],
    notYetExamined: [
      'migrations that the previous version cannot live with',
      'a rollback, rehearsed while requests were running',
    ],
  }),
];
