import type { ProfileLine } from '@launch-ready/core';
import {
  authorizationChecks,
  invalidCredentialChecks,
  loginLimitChecks,
  otherSiteChecks,
} from './check-groups.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { scorecardLine as line } from './scorecard-line.ts';
import {
  alertDelay,
  certificateWarning,
  countedBy,
  loginAttempts,
  weakestDmarcPolicy,
} from './thresholds.ts';

// The source document wants limits and names no number; this is the usual value of the check.
const attemptsPerMinute = 5;

/** The scorecard of a client portal. */
export const clientPortalLines: readonly ProfileLine[] = [
  line({
    id: 'SC-AUTH-COVERAGE',
    title: 'Every private route asks for a valid credential',
    criterion:
      'Each API route that reads or changes client data refuses callers with no credential, and with one that has expired, was altered, or belongs to somebody else.',
    gate: true,
    weight: 17,
    whyItMatters: 'One forgotten route undoes the care put into all others.',
    whatBreaks: 'Client records can be downloaded by anybody who knows the address.',
    thresholds: [],
    checks: [...invalidCredentialChecks, { id: 'access/foreign-credential' }],
    notYetExamined: [gap.undescribedRoutes, gap.graphqlAndWebsocket],
  }),
  line({
    id: 'SC-AUTHZ',
    title: 'Each client sees its own records only',
    criterion:
      'Projects, tickets, invoices, messages and files of one company cannot be listed, read, changed, removed or added to by another, and roles inside a company keep to what they are allowed.',
    gate: true,
    weight: 20,
    whyItMatters: 'Clients trust you with contracts and prices that the next client must not learn.',
    whatBreaks: "A client changes a number in the address and reads somebody else's invoice.",
    thresholds: [],
    checks: authorizationChecks,
    notYetExamined: [gap.graphqlAndWebsocket, gap.protectedFields, gap.unplantedKinds],
  }),
  line({
    id: 'SC-SECRETS',
    title: 'Secrets stay out of sight',
    criterion:
      'Git history, browser code, source maps, console and server logs, CI output, error pages and browser storage show no working secret.',
    gate: true,
    weight: 14,
    whyItMatters:
      'A portal holds keys to payment, file and mail services; those who find them act in your name.',
    whatBreaks: 'Strangers run up bills, or empty accounts, with keys copied from a web page.',
    thresholds: [],
    checks: [],
    notYetExamined: [
      'secrets in the source tree and its history',
      'secrets in browser code and source maps',
      'secrets in logs and CI output',
      'secrets on error pages',
      'secrets in browser storage',
    ],
  }),
  line({
    id: 'SC-TLS',
    title: 'The portal speaks HTTPS only',
    criterion:
      'Each name shows a valid certificate, redirects plain HTTP, sets HSTS and loads nothing in the clear.',
    gate: true,
    weight: 10,
    whyItMatters: 'A single unencrypted request is enough to give a session away.',
    whatBreaks: 'Sessions are taken over on shared networks, and browsers call the portal unsafe.',
    thresholds: [],
    checks: [],
    notYetExamined: [gap.certificates, gap.httpsRedirect, gap.hsts, gap.mixedContent],
  }),
  line({
    id: 'SC-EDGE',
    title: 'An edge service takes the first blow',
    criterion:
      'Cloudflare or an equal fronts the production domain with firewall rules and flood protection, keeps no private answer in its cache, and is the only one the server behind it answers to.',
    gate: false,
    weight: 7,
    whyItMatters: 'Cheap attacks are best stopped before they reach a machine you pay for.',
    whatBreaks: 'A crude flood of bots takes the portal down for all clients.',
    thresholds: [],
    checks: [],
    notYetExamined: [gap.edgeInFront, gap.originReachable, 'whether the edge caches private answers'],
  }),
  line({
    id: 'SC-EMAIL',
    title: 'Clients can tell your mail from a forgery',
    criterion:
      'A message that the portal really sent passes SPF, DKIM and aligned DMARC, and the domain publishes quarantine or reject.',
    gate: true,
    weight: 8,
    whyItMatters: 'Login links and invoices arrive by mail, which makes your name worth forging.',
    whatBreaks: 'Invoices disappear into spam folders, while a forged one gets paid.',
    thresholds: [weakestDmarcPolicy('quarantine')],
    checks: [],
    notYetExamined: [gap.dnsOfMail, gap.liveMail],
  }),
  line({
    id: 'SC-CORS-CSRF',
    title: 'Only your own sites use the API from a browser',
    criterion:
      'No route that the API describes lets an origin outside your list read private answers, least of all with credentials, and no foreign page can cause a change there.',
    gate: false,
    weight: 6,
    whyItMatters: 'The signed-in browser of a client is a tool that any open tab may try to use.',
    whatBreaks: "A web page that a client happens to visit works in the portal under that client's name.",
    thresholds: [],
    checks: otherSiteChecks,
    // The source document tests this by headers alone, with forged origins sent by a command-line client, and that is what the checks do.
    notYetExamined: [],
  }),
  line({
    id: 'SC-RATE',
    title: 'Sensitive routes are throttled',
    criterion: `Login allows one address ${attemptsPerMinute} attempts a minute; other sensitive routes, and calls that cost you money at a third party, are limited by address or by user and cannot be got around.`,
    gate: false,
    weight: 7,
    whyItMatters: 'Guessing and scraping are matters of volume, and so are the bills of paid services.',
    whatBreaks: 'Accounts are guessed open, data is scraped, and one user runs up a month of charges.',
    thresholds: [loginAttempts(attemptsPerMinute), countedBy('address or account')],
    checks: loginLimitChecks(attemptsPerMinute),
    notYetExamined: [
      'limits on signup',
      'limits on password resets for many accounts',
      'limits on reads that invite scraping',
      'limits on calls that cost money at a third party',
    ],
  }),
  line({
    id: 'SC-MONITOR',
    title: 'You hear of an outage before your clients do',
    criterion:
      'Public pages and a signed-in health check are watched, an outage rings at a real inbox or channel in one to five minutes, and certificates, domains, DNS and mail delivery are watched as well.',
    gate: false,
    weight: 5,
    whyItMatters: 'Clients forgive an outage that you announce sooner than one they have to report.',
    whatBreaks: 'The portal is down all night, and the news comes from a client.',
    thresholds: [
      alertDelay(5),
      { name: 'alert delay to aim for', value: 1, unit: 'minutes' },
      certificateWarning(14),
    ],
    checks: [],
    notYetExamined: [
      'whether public pages and a signed-in health check are watched',
      gap.outageDrill,
      gap.expiryWatch,
      gap.dnsWatch,
      gap.mailFailureWatch,
    ],
  }),
  line({
    id: 'SC-DEPLOY',
    title: 'Production has no trace of development',
    criterion:
      'All settings come from the environment and are right, development switches are off, answers show no internals, cookies and headers are those of production, nothing private lies open.',
    gate: false,
    weight: 6,
    whyItMatters: 'Defaults are made for trying things out, and most of them are unsafe in public.',
    whatBreaks: 'Signing up fails on the first day, or debug output tells everybody how the portal works.',
    thresholds: [],
    checks: [
      { id: 'browser/cookie-flags' },
      { id: 'browser/security-headers' },
      { id: 'input/error-disclosure' },
    ],
    notYetExamined: [gap.productionSettings, gap.exposedFiles],
  }),
];
