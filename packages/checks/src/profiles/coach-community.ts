import type { Profile } from '@launch-ready/core';
import { coachCommunityLines } from './coach-community-lines.ts';
import { tenancyChecks } from './check-groups.ts';
import { commonQuestions } from './common-questions.ts';
import { fastCoreFlows } from './fast-core-flows.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { reading } from './reading.ts';

/** A coach's or consultant's community that is about to let its first hundred people in. */
export const coachCommunity: Profile = {
  id: 'coach-community',
  title: 'Coach community, first 100 users',
  audience:
    'Coaches and consultants who built a community quickly and want to let the first hundred people in',
  summary:
    'A hundred users are few, but each of them knows you. This checklist asks for private spaces that stay private, a ' +
    'signup that works without help, mail that arrives, and a warning before members notice that something broke.',
  lines: coachCommunityLines,
  // The source document has no section of that name; these are what it wants to be true before the first members come.
  acceptance: [
    {
      id: 'newcomer-journey',
      text: 'A new person can sign up, confirm the address, join the right space and post, without help.',
      lines: [],
      notYetExamined: ['the journey of a new member: sign up, confirm, join, post, message'],
    },
    {
      id: 'own-data-only',
      text: 'The API lets nobody see, edit or delete what belongs to others.',
      lines: ['SC-AUTHZ'],
      notYetExamined: [],
    },
    {
      id: 'no-leaked-secret',
      text: 'No secret is exposed anywhere.',
      lines: ['SC-SECRETS'],
      notYetExamined: [],
    },
    {
      id: 'no-bypass',
      text: 'There is no way into an account but its login.',
      lines: ['SC-SESSION', 'SC-AUTHZ'],
      notYetExamined: [gap.signupPath],
    },
    fastCoreFlows('signing up, reading the feed and posting'),
    {
      id: 'mail-and-domain',
      text: 'Invites and resets arrive, and the domain works.',
      lines: ['SC-EMAIL', 'SC-DEPLOY'],
      notYetExamined: [],
    },
  ],
  // What the source document wants to be true before launch is a gate or an acceptance rule here. It counts no other
  // failures, so three apply: that many say the trouble is not local.
  failuresThatStop: 3,
  redFlags: [
    {
      id: 'environments-mixed',
      statement: 'Staging and production share secrets.',
      why: 'A test can then send real mail or delete real data, and a leak in one is a leak in both.',
      raisedBy: { kind: 'answer', question: commonQuestions.environmentsApart.id, answer: 'no' },
    },
    {
      id: 'client-chooses-identity',
      statement: 'The server believes ids sent by the client without asking whose they are.',
      why: 'When that holds for one route it is a habit of the code, and other routes have it too.',
      raisedBy: { kind: 'checks', checks: tenancyChecks.map((check) => check.id) },
    },
    {
      id: 'tokens-in-local-storage',
      statement: 'A third party signs users in, and its tokens are kept in local storage.',
      why: 'Any script that slips into a page can carry them away, and few teams have weighed that.',
      raisedBy: { kind: 'answer', question: 'tokens-in-local-storage', answer: 'yes' },
    },
    {
      id: 'invites-from-unproven-domain',
      statement: 'Invites leave from a domain without aligned SPF, DKIM and DMARC.',
      why: 'The better the launch goes, the more of those messages are filtered.',
      raisedBy: { kind: 'answer', question: 'invite-domain-proven', answer: 'no' },
    },
    {
      id: 'logs-and-alerts-unowned',
      statement: 'It is unclear where logs end up, or who is called when signup fails.',
      why: 'Then a failure lasts until a member is patient enough to report it.',
      raisedBy: { kind: 'answer', question: 'logs-and-alerts-owned', answer: 'no' },
    },
  ],
  redFlagsForSenior: 2,
  questions: [
    commonQuestions.secondFactorOnAccounts,
    commonQuestions.secretsHaveOwner,
    commonQuestions.secretsEverPasted,
    commonQuestions.environmentsApart,
    commonQuestions.personalDataMapped,
    commonQuestions.sharedServiceAccount,
    {
      // Asks at once what other checklists ask in two questions, because here either half raises the same flag.
      id: 'logs-and-alerts-owned',
      text: 'Can you say where production logs are kept and who may read them, and name the person who is called when signup breaks?',
      why: 'Both are needed on the first bad evening.',
    },
    {
      id: 'tokens-in-local-storage',
      text: "Does a third-party login keep its tokens in the browser's local storage?",
      why: 'Scripts can read that storage; cookies marked HttpOnly they cannot.',
    },
    {
      id: 'invite-domain-proven',
      text: 'Do invites leave from a domain on which SPF, DKIM and DMARC pass and align?',
      why: 'Receivers decide by it whether members ever see the invite.',
    },
  ],
  today: [
    {
      title: 'Replace the secrets you come across',
      lines: ['SC-SECRETS'],
      how: 'Look through files, examples, documents, build output, CI settings and screenshots, and through your chats with AI tools. Each secret found is replaced, not just removed.',
    },
    {
      title: 'Second factor everywhere',
      lines: ['SC-SESSION', 'SC-DEPLOY'],
      how: 'Switch it on for hosting, edge, Git, mail, database and analytics. A stolen administrator account beats every other attack.',
    },
    {
      title: 'Start private',
      lines: ['SC-AUTHZ'],
      how: 'Let new communities be closed and approve members by hand until you have seen approval work from start to end. Ask a search engine for your member pages.',
    },
    {
      title: 'Join as a stranger',
      lines: ['SC-SESSION', 'SC-EMAIL'],
      how: 'With a private window and an address you never used, sign up, accept an invite, reset the password, edit the profile and post. Wherever you need your own help, members will be stuck.',
    },
    {
      title: 'Get told',
      lines: ['SC-MONITOR'],
      how: 'Watch home page, login and API; be told of bursts of errors, of mail that failed, and of certificates two weeks before they end.',
    },
  ],
  // The source document's windows. Its table has nothing for the lines on access, sessions, input, limits and origins,
  // although it wants them settled before any polish; `boundaries` is ours.
  plan: [
    {
      id: 'secrets',
      title: 'Secrets and settings in one place',
      fromHour: 1,
      toHour: 8,
      lines: ['SC-SECRETS', 'SC-LOGS'],
      steps: [
        'Collect scattered settings into the environment.',
        'Replace exposed secrets and clean the history.',
        'Mask tokens and personal data in logs.',
        'Note what was replaced for the handover.',
      ],
    },
    {
      id: 'domain',
      title: 'Domain, HTTPS and edge',
      fromHour: 1,
      toHour: 12,
      lines: ['SC-DEPLOY'],
      steps: [
        'Set records, host names and redirects.',
        'Bring certificates, flood protection and sensible caching through the edge.',
        'Remove mixed content.',
      ],
    },
    {
      id: 'mail',
      title: 'Mail from production',
      fromHour: 6,
      toHour: 18,
      lines: ['SC-EMAIL'],
      steps: [
        'Authorise the sending service, sign, and publish DMARC with reports.',
        'Send invites and resets from production, and verify how they arrive.',
      ],
    },
    {
      id: 'deployment',
      title: 'A deployment with a way back',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-DEPLOY'],
      steps: [
        'Deploy from one described process.',
        'Switch debug aids off and send protective headers.',
        'Write down how to return to the version before.',
      ],
    },
    {
      id: 'boundaries',
      title: 'Boundaries, sessions and limits',
      fromHour: 12,
      toHour: 36,
      lines: ['SC-AUTHZ', 'SC-SESSION', 'SC-INPUT', 'SC-RATE', 'SC-CORS-CSRF'],
      steps: [
        'Put ownership rules into one policy that all routes ask.',
        'End sessions on logout, new passwords and disabled users.',
        'Validate payloads, limit risky routes and name the permitted origins.',
        'Try it again with two accounts of two communities.',
      ],
    },
    {
      id: 'monitoring',
      title: 'Monitoring and alerts',
      fromHour: 18,
      toHour: 36,
      lines: ['SC-MONITOR'],
      steps: ['Watch uptime, errors, mail and speed.', 'Send alerts to one named person, and make one ring.'],
    },
    {
      id: 'handover',
      title: 'Handover',
      fromHour: 36,
      toHour: 48,
      lines: ['SC-MONITOR', 'SC-SECRETS'],
      steps: [
        'Write what changed, how to verify it and what comes next.',
        'Run this review again and keep the report.',
      ],
    },
  ],
  readingList: [
    reading.apiSecurity,
    reading.cyberSecurity,
    reading.owaspApiTop10,
    {
      title: 'Cloudflare: DNS record types',
      url: 'https://developers.cloudflare.com/dns/manage-dns-records/reference/dns-record-types/',
    },
    { title: 'Google Workspace: SPF, DKIM and DMARC', url: 'https://support.google.com/a/answer/33786' },
  ],
};
