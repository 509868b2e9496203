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
} from './check-groups.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { scorecardLine as line } from './scorecard-line.ts';
import { countedBy, loginAttempts, weakestDmarcPolicy } from './thresholds.ts';

// The source document wants limits and names no number; this is the usual value of the check.
const attemptsPerMinute = 5;

/** The scorecard of a marketplace community. */
export const marketplaceCommunityLines: readonly ProfileLine[] = [
  line({
    id: 'SC-AUTHN',
    title: 'Only a current login opens private areas',
    criterion:
      'Accounts come into being by the intended route alone; private routes refuse missing, expired and altered credentials; logout and ' +
      'a new password end sessions and refresh tokens; tokens have an end, and reset links end when used and after an hour at the latest; ' +
      'session cookies carry all flags, and page scripts can read no token.',
    gate: true,
    weight: 14,
    whyItMatters: 'Accounts here hold money matters and reputations, which makes them worth stealing.',
    whatBreaks: "A seller finds a stranger in the account, or a reviewer walks into a members' area unasked.",
    // The source document says only that reset links must not live long; an hour is the bound that the B2B checklist sets.
    thresholds: [{ name: 'longest life of reset links', value: 60, unit: 'minutes' }],
    checks: [...invalidCredentialChecks, ...sessionChecks, ...loginDoorChecks, ...resetChecks(60)],
    notYetExamined: [gap.signupPath, gap.tokenLife, gap.scriptReadableTokens],
  }),
  line({
    id: 'SC-AUTHZ',
    title: 'Private records stay with their owners',
    criterion:
      "Whatever id a user writes into path, query or body, the server answers with that user's own organisation and objects only, " +
      'and administration is denied to everybody else.',
    gate: true,
    weight: 20,
    whyItMatters:
      "Sellers compete on the same platform and would learn prices and contacts from each other's records.",
    whatBreaks: 'Private messages and files reach the wrong party, and both sides of the market leave.',
    thresholds: [],
    checks: authorizationChecks,
    notYetExamined: [gap.graphqlAndWebsocket, gap.protectedFields, gap.unplantedKinds],
  }),
  line({
    id: 'SC-INPUT',
    title: 'The server trusts no input',
    criterion:
      'All inputs of the API, in bodies, queries, paths and uploads, are validated on the server; what is malformed, mistyped or too large crashes nothing, is not kept, and is answered without internals.',
    gate: false,
    weight: 8,
    whyItMatters: 'Open signup means that anybody with an afternoon can send your API anything.',
    whatBreaks: 'Listings and orders are damaged, or a crafted value runs as a command.',
    thresholds: [],
    checks: inputChecks,
    notYetExamined: [
      gap.injectionEffect,
      'bad values in query strings and paths of reads',
      'the contents and types of uploaded files',
    ],
  }),
  line({
    id: 'SC-SECRETS',
    title: 'Secrets exist on the server alone',
    criterion:
      'Neither the repository with its history, nor browser code, nor logs, nor tickets contain a key, a signing secret, a database address with password or a mail password.',
    gate: true,
    weight: 14,
    whyItMatters: "The keys of a marketplace move money and read everybody's data.",
    whatBreaks:
      'Payment, cloud and mail accounts have to be rebuilt in an emergency, with strangers inside them.',
    thresholds: [],
    checks: [],
    notYetExamined: [
      'secrets in the source tree and its history',
      'secrets in browser bundles and build output',
      'secrets in logs',
      'secrets in tickets',
    ],
  }),
  line({
    id: 'SC-RATE',
    title: 'Repeated requests are slowed down',
    criterion: `Login (${attemptsPerMinute} attempts a minute from one address), signup, reset, invites, search, uploads and messages slow down repeated use, by address and by account, most strictly where people sign in, and made-up addresses do not help; the answer is a clear 429, and others are still served.`,
    gate: false,
    weight: 8,
    whyItMatters: 'Spam and bots go where sending costs nothing.',
    whatBreaks: 'Bots fill the market with spam, bills climb, and honest users are locked out.',
    thresholds: [loginAttempts(attemptsPerMinute), countedBy('address and account')],
    checks: loginLimitChecks(attemptsPerMinute),
    notYetExamined: [
      'limits on signup',
      'limits on password resets for many accounts',
      'limits on invites to many addresses',
      'limits on search',
      'limits on uploads',
      'limits on messages',
      'whether a limited caller is told so with status 429',
      gap.manyAddresses,
    ],
  }),
  line({
    id: 'SC-CORS-CSRF',
    title: 'Strange sites can neither read nor change anything',
    criterion:
      'Answers to signed-in users are readable for an exact list of your own origins; every change made by cookie is refused when a foreign page caused it.',
    gate: false,
    weight: 7,
    whyItMatters: 'Marketplace users follow links from strangers all day.',
    whatBreaks: "A link in a message makes the reader's browser change a listing or hand over a session.",
    thresholds: [],
    checks: otherSiteChecks,
    notYetExamined: [gap.signInFromElsewhere],
  }),
  line({
    id: 'SC-EMAIL',
    title: 'Resets and invites arrive',
    criterion:
      'On the production domain SPF, DKIM and DMARC pass for a real message. A DMARC policy of none will do while you collect reports; quarantine or reject comes after that.',
    gate: true,
    weight: 8,
    whyItMatters: 'Signup depends on messages, and receivers now judge the domain that sends them.',
    whatBreaks: 'People wait for a confirmation that sits in their spam folder, and give up.',
    thresholds: [
      weakestDmarcPolicy('none'),
      { name: 'DMARC policy to reach after the first reports', value: 'quarantine', unit: null },
    ],
    checks: [],
    notYetExamined: [gap.dnsOfMail, gap.liveMail],
  }),
  line({
    id: 'SC-TLS',
    title: 'Nothing travels unencrypted',
    criterion:
      'All names have a valid certificate, plain HTTP leads to HTTPS on each of them, HSTS is set, and no page loads parts in the clear.',
    gate: true,
    weight: 9,
    whyItMatters: 'Logins are typed on trains and in cafés, over networks that others run.',
    whatBreaks: 'Browsers warn your visitors off, or somebody on the same network reads a session.',
    thresholds: [],
    checks: [],
    notYetExamined: [gap.certificates, gap.httpsRedirect, gap.hsts, gap.mixedContent],
  }),
  line({
    id: 'SC-LOGS',
    title: 'Security events leave a clean record',
    criterion:
      'Failed logins and denied requests can be found in the logs; passwords, tokens, links with credentials and personal data cannot.',
    gate: false,
    weight: 5,
    whyItMatters: 'After an incident the log is the only witness, and anybody may end up reading it.',
    whatBreaks: 'A break-in goes on for weeks, and afterwards nobody can say what was taken.',
    thresholds: [],
    checks: [],
    notYetExamined: [gap.personalDataInLogs, gap.securityEvents],
  }),
  line({
    id: 'SC-DEPLOY',
    title: 'Production runs as production',
    criterion:
      'The settings are those of production, debug aids are off and answers show no internals, protective headers are sent, nothing private lies open, and uptime is watched.',
    gate: false,
    weight: 7,
    whyItMatters: 'What helps a developer at a desk helps an attacker in production.',
    whatBreaks: 'Onboarding fails on launch day, or an error page explains the system to strangers.',
    thresholds: [],
    checks: [{ id: 'browser/security-headers' }, { id: 'input/error-disclosure' }],
    notYetExamined: [gap.productionSettings, gap.exposedFiles, gap.uptimeWatch],
  }),
];
