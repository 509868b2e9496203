import type { ProfileLine } from '@launch-ready/core';
import {
  authorizationChecks,
  inputChecks,
  invalidCredentialChecks,
  inviteChecks,
  loginDoorChecks,
  loginLimitChecks,
  otherSiteChecks,
  resetChecks,
  sessionChecks,
  sourceChecks,
} from './check-groups.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { scorecardLine as line } from './scorecard-line.ts';
import {
  alertDelay,
  certificateWarning,
  countedBy,
  highRiskTokenLife,
  inviteLife,
  loginAttempts,
  weakestDmarcPolicy,
} from './thresholds.ts';

// The source document wants logins limited and names no number; this is the usual value of the check.
const attemptsPerMinute = 5;
const invite = { minHours: 24, maxHours: 72 } as const;

/** The scorecard of a B2B service community. */
export const b2bCommunityLines: readonly ProfileLine[] = [
  line({
    id: 'SC-AUTHN',
    title: 'Only a valid login opens private areas',
    criterion:
      'Private routes refuse missing, expired and altered credentials; login, signup, reset and single sign-on have no way around; ' +
      'logout, password change and disabling a user end all access; high-risk tokens live 15 to 60 minutes; session cookies carry all flags.',
    gate: true,
    weight: 15,
    whyItMatters:
      'Every other protection assumes that the person behind a request is who the request claims.',
    whatBreaks:
      'A stranger acts as a customer, and the customer cannot put them out by changing the password.',
    thresholds: highRiskTokenLife(15, 60),
    checks: [
      ...invalidCredentialChecks,
      ...sessionChecks,
      { id: 'session/single-sign-on' },
      ...loginDoorChecks,
      ...resetChecks(60),
    ],
    notYetExamined: [gap.signupPath, gap.tokenLife],
  }),
  line({
    id: 'SC-AUTHZ',
    title: 'Organisations cannot reach each other',
    criterion:
      'On every route, in lists as in direct reads and writes, actors of one organisation neither see nor change what another one ' +
      'made, and no role does what the matrix denies to it.',
    gate: true,
    weight: 20,
    whyItMatters: "Your buyers are each other's competitors; separation is what they pay for.",
    whatBreaks: "One customer opens another one's posts, members or invoices by editing an id.",
    thresholds: [],
    checks: [...authorizationChecks, ...sourceChecks],
    notYetExamined: [gap.graphqlAndWebsocket, gap.protectedFields, gap.unplantedKinds],
  }),
  line({
    id: 'SC-INVITE',
    title: 'An invite admits one person once',
    criterion: `An invite is good for one acceptance by the address it was sent to, can be withdrawn, and ends ${invite.minHours} to ${invite.maxHours} hours after it was made.`,
    gate: true,
    weight: 10,
    whyItMatters: 'Invites travel through forwarded mail and shared inboxes, where anybody may pick them up.',
    whatBreaks: "A forwarded link lets outsiders walk into a customer's private space.",
    thresholds: inviteLife(invite.minHours, invite.maxHours),
    checks: inviteChecks(invite.minHours, invite.maxHours),
    notYetExamined: [],
  }),
  line({
    id: 'SC-RATE',
    title: 'Routes that invite abuse are limited',
    criterion: `Login gives one address ${attemptsPerMinute} attempts a minute; signup, reset, invite creation and other writes are limited too, by address and by account, with no way around; webhooks are repeated with growing pauses.`,
    gate: false,
    weight: 8,
    whyItMatters: 'Guessing passwords and flooding inboxes only pay when they are fast.',
    whatBreaks: 'Passwords leaked elsewhere are tried on your users by the thousand until some fit.',
    thresholds: [loginAttempts(attemptsPerMinute), countedBy('address and account')],
    checks: loginLimitChecks(attemptsPerMinute),
    notYetExamined: [
      'limits on signup',
      'limits on password resets for many accounts',
      'limits on invites to many addresses',
      'limits on other writes',
      'the pauses between repeated webhook deliveries',
      gap.manyAddresses,
    ],
  }),
  line({
    id: 'SC-SECRETS',
    title: 'No secret can be read by outsiders',
    criterion:
      'Source tree, git history, example settings, build output, browser bundles, source maps, logs, CI output and answers hold no working secret.',
    gate: true,
    weight: 15,
    whyItMatters: 'A key needs no exploit: whoever reads it is let in.',
    whatBreaks:
      'One leaked key opens the database, the mail account or the cloud account behind the product.',
    thresholds: [],
    checks: [],
    notYetExamined: [
      'secrets in the source tree, its history and example settings',
      'secrets in build output, browser bundles and source maps',
      'secrets in logs and CI output',
      'secrets in answers that browsers receive',
    ],
  }),
  line({
    id: 'SC-INPUT',
    title: 'The server turns bad input away',
    criterion:
      'Malformed, mistyped and oversized input to any write that the API describes crashes nothing, is not kept and brings no internals to light, and injected syntax does nothing.',
    gate: false,
    weight: 8,
    whyItMatters: 'Forms in the browser check for convenience; attackers talk to the API and skip them.',
    whatBreaks: 'Broken records pile up, the service crashes on demand, or foreign code runs on your server.',
    thresholds: [],
    checks: inputChecks,
    notYetExamined: [gap.injectionEffect],
  }),
  line({
    id: 'SC-CORS-CSRF',
    title: 'Other websites cannot act for a visitor',
    criterion:
      'Only listed origins may read private answers; a change made by cookie needs proof that your own pages asked; answers switch on the protections that browsers offer.',
    gate: false,
    weight: 6,
    whyItMatters: 'Browsers attach cookies by themselves, so a hostile page can borrow a signed-in visitor.',
    whatBreaks: 'A member visits a bad page and unknowingly posts, invites or deletes in your product.',
    thresholds: [],
    checks: [...otherSiteChecks, { id: 'browser/security-headers' }],
    notYetExamined: [gap.signInFromElsewhere],
  }),
  line({
    id: 'SC-LOGS',
    title: 'Logs hold nothing that can be misused',
    criterion:
      'Logs hold no password, token, link with a credential, or personal data, and they do hold failed logins and denied requests.',
    gate: false,
    weight: 5,
    whyItMatters: 'Logs are copied to more places and read by more people than the database is.',
    whatBreaks: 'A small incident becomes a reportable one because the log file held credentials.',
    thresholds: [],
    checks: [],
    notYetExamined: [gap.personalDataInLogs, gap.securityEvents],
  }),
  line({
    id: 'SC-EMAIL',
    title: 'Mail is provably yours',
    criterion:
      'SPF, DKIM and DMARC pass and align on a real message, and the DMARC policy is quarantine or reject.',
    gate: false,
    weight: 7,
    whyItMatters: 'Invites and resets are useless in a spam folder, and your name is useful to a phisher.',
    whatBreaks:
      'Invited members never hear from you, while forged messages in your name reach your customers.',
    // The source document asks for enforcement, which is quarantine at the least.
    thresholds: [weakestDmarcPolicy('quarantine')],
    checks: [],
    notYetExamined: [gap.dnsOfMail, gap.liveMail],
  }),
  line({
    id: 'SC-MONITOR',
    title: 'A person hears of trouble within minutes',
    criterion:
      'Outages, bursts of errors and signs of an attack raise an alert that reaches a person in 5 minutes or less; certificates, domains, DNS and mail are watched.',
    gate: false,
    weight: 6,
    whyItMatters: 'The cost of an incident grows with the time nobody knew of it.',
    whatBreaks: 'The first report of an outage or a break-in comes from a customer.',
    thresholds: [
      alertDelay(5),
      certificateWarning(14),
      { name: 'availability below which an alert is due', value: 99.9, unit: 'percent' },
    ],
    checks: [],
    notYetExamined: [
      gap.outageDrill,
      gap.errorAlert,
      gap.attackAlert,
      gap.expiryWatch,
      gap.dnsWatch,
      gap.mailFailureWatch,
    ],
  }),
];
