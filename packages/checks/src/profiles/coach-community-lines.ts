import type { ProfileLine } from '@launch-ready/core';
import {
  authorizationChecks,
  inputChecks,
  loginDoorChecks,
  loginLimitChecks,
  otherSiteChecks,
  resetChecks,
  sessionChecks,
} from './check-groups.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { scorecardLine as line } from './scorecard-line.ts';
import {
  alertDelay,
  certificateWarning,
  countedBy,
  loginAttempts,
  p95OfCoreFlows,
  weakestDmarcPolicy,
} from './thresholds.ts';

// The one profile whose source document names the number itself, as a careful value to begin with.
const attemptsPerMinute = 5;

/** The scorecard of a coach community. */
export const coachCommunityLines: readonly ProfileLine[] = [
  line({
    id: 'SC-AUTHZ',
    title: 'Members stay inside their own community',
    criterion:
      'Private routes want a login, and whichever community, organisation, member or user id a request names, the server lists, shows, changes and deletes only what belongs to the caller.',
    gate: true,
    weight: 22,
    whyItMatters: 'People tell a coach what they tell nobody else.',
    whatBreaks: 'Session notes or profiles show up with the wrong member, and with them a legal claim.',
    thresholds: [],
    checks: [{ id: 'access/anonymous-access' }, ...authorizationChecks],
    notYetExamined: [gap.graphqlAndWebsocket, gap.protectedFields, gap.unplantedKinds],
  }),
  line({
    id: 'SC-SESSION',
    title: 'Sessions end when they are told to',
    criterion:
      'Tokens stop at the end they were configured with and cannot be altered; logout, a new password and disabling a user cut off access; refresh tokens change with use; session cookies carry all flags, and page scripts can read no token.',
    gate: true,
    weight: 14,
    whyItMatters: 'Phones and laptops get shared, sold and lost with sessions still open on them.',
    whatBreaks: 'Whoever has the old device still has the account.',
    thresholds: [{ name: 'life of tokens', value: 'as configured', unit: null }],
    checks: [
      { id: 'access/expired-credential' },
      { id: 'access/tampered-credential' },
      ...sessionChecks,
      ...loginDoorChecks,
      ...resetChecks(1440),
    ],
    notYetExamined: [gap.tokenLife, gap.scriptReadableTokens],
  }),
  line({
    id: 'SC-INPUT',
    title: 'The API refuses what it cannot digest',
    criterion:
      'No write that the API describes crashes on malformed, mistyped or oversized payloads, keeps any of them or shows internals, and injected syntax has no effect.',
    gate: false,
    weight: 9,
    whyItMatters: 'One bad record can stop the feed for everybody, database included.',
    whatBreaks: 'The community goes down because of a pasted text, or somebody injects commands.',
    thresholds: [],
    checks: inputChecks,
    notYetExamined: [gap.injectionEffect],
  }),
  line({
    id: 'SC-RATE',
    title: 'Risky routes have a speed limit',
    criterion: `One address gets ${attemptsPerMinute} login attempts a minute, counted by account as well and whatever address the request claims; invites, posts, resets and webhook calls are limited, and a retry makes no duplicate.`,
    gate: false,
    weight: 9,
    whyItMatters: 'A young community has no moderators who could clean up after a script.',
    whatBreaks:
      'Members get spam from your platform in their first week, and passwords are guessed at leisure.',
    thresholds: [loginAttempts(attemptsPerMinute), countedBy('address and account')],
    checks: loginLimitChecks(attemptsPerMinute),
    notYetExamined: [
      'limits on invites to many addresses',
      'limits on posts',
      'limits on password resets for many accounts',
      'limits on webhook calls',
      'duplicates made by repeating a request',
      gap.manyAddresses,
    ],
  }),
  line({
    id: 'SC-SECRETS',
    title: 'No secret lies where it can be found',
    criterion:
      'Repository and history, logs, code on the client and build output are free of working secrets, and so are answers that browsers can inspect.',
    gate: true,
    weight: 15,
    whyItMatters: 'Tools that write code fast also put keys into pages fast.',
    whatBreaks: 'Somebody takes over mail, hosting and data with one copied line.',
    thresholds: [],
    checks: [],
    notYetExamined: [
      'secrets in the source tree and its history',
      'secrets in code on the client and in build output',
      'secrets in logs',
      'secrets in answers that browsers receive',
    ],
  }),
  line({
    id: 'SC-CORS-CSRF',
    title: 'Private routes answer to your own front ends only',
    criterion:
      'Only origins of your production sites may call private routes from a browser; wildcards never go together with cookies; foreign pages cannot post or invite.',
    gate: false,
    weight: 6,
    whyItMatters: 'Settings copied from a tutorial usually let every website in.',
    whatBreaks: "A website that a member visits reads the community through the member's browser.",
    thresholds: [],
    checks: otherSiteChecks,
    notYetExamined: [gap.signInFromElsewhere],
  }),
  line({
    id: 'SC-EMAIL',
    title: 'Welcome messages arrive',
    criterion:
      'SPF covers the one service that sends, DKIM signs, DMARC passes with alignment; for the first hundred people a policy of none with reports is accepted.',
    gate: false,
    weight: 8,
    whyItMatters: 'The welcome message is the first thing that members see of you.',
    whatBreaks: 'Half of those invited never confirm, because they never saw the message.',
    thresholds: [weakestDmarcPolicy('none')],
    checks: [],
    notYetExamined: [gap.dnsOfMail, gap.liveMail],
  }),
  line({
    id: 'SC-LOGS',
    title: 'A leaked log would embarrass nobody',
    criterion:
      'Logs leave out passwords, tokens and links with credentials, and personal data wherever possible; security events are in them.',
    gate: false,
    weight: 5,
    whyItMatters: 'Logs usually sit at a third party, with weaker protection than the database.',
    whatBreaks: "A breach at the log service turns into a breach of your members' privacy.",
    thresholds: [],
    checks: [],
    notYetExamined: [gap.personalDataInLogs, gap.securityEvents],
  }),
  line({
    id: 'SC-MONITOR',
    title: 'The core of the product is watched',
    criterion:
      'A failure of the API, the login or the mail, a burst of server errors or a slow core flow brings an alert within 5 minutes; certificates are reported 14 days before they end.',
    gate: false,
    weight: 6,
    whyItMatters: 'Early members rarely complain; they leave.',
    whatBreaks: 'Signup is broken over a weekend, and the campaign that led to it is wasted.',
    thresholds: [alertDelay(5), certificateWarning(14), p95OfCoreFlows(500)],
    checks: [],
    notYetExamined: [
      gap.outageDrill,
      gap.errorAlert,
      gap.mailFailureWatch,
      gap.expiryWatch,
      'a watch on the speed of core flows',
    ],
  }),
  line({
    id: 'SC-DEPLOY',
    title: 'The live site is set up as a live site',
    criterion:
      'Settings come from the environment, HTTPS with valid certificates and redirects is in force without mixed content, debug aids are off, protective headers are sent, nothing private lies open.',
    gate: false,
    weight: 6,
    whyItMatters: 'Logins depend on matching addresses, secure cookies and trusted certificates.',
    whatBreaks: 'Members cannot sign in, and their browser tells them that your site is not safe.',
    thresholds: [],
    checks: [{ id: 'browser/security-headers' }, { id: 'input/error-disclosure' }],
    notYetExamined: [
      gap.productionSettings,
      gap.exposedFiles,
      gap.certificates,
      gap.httpsRedirect,
      gap.mixedContent,
    ],
  }),
];
