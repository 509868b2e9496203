import type { Profile } from '@launch-ready/core';
import { marketplaceCommunityLines } from './marketplace-community-lines.ts';
import { allCommonQuestions, commonQuestions } from './common-questions.ts';
import { fastCoreFlows } from './fast-core-flows.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { reading } from './reading.ts';

/** The community inside a marketplace, where strangers trade and talk. */
export const marketplaceCommunity: Profile = {
  id: 'marketplace-community',
  title: 'Marketplace community',
  audience:
    'Founders of a marketplace whose buyers and sellers meet in a community, ahead of a security review',
  summary:
    'Anybody may sign up, so some of your users will be hostile. This checklist asks whether such a user stays inside ' +
    'their own account, whether mail and encryption hold, and whether the next person can run the product without you.',
  lines: marketplaceCommunityLines,
  // The source document has no section of that name; these are the conditions its opening sets for being ready.
  acceptance: [
    {
      id: 'no-leaked-secret',
      text: 'Code and logs hold no secret that still works.',
      lines: ['SC-SECRETS'],
      notYetExamined: [],
    },
    {
      id: 'no-bypass',
      text: 'Nobody gets past the login or into records of others.',
      lines: ['SC-AUTHN', 'SC-AUTHZ'],
      notYetExamined: [],
    },
    fastCoreFlows('signing in, browsing the community and posting'),
    {
      id: 'trusted-mail',
      text: 'Outgoing messages are signed, aligned and accepted.',
      lines: ['SC-EMAIL'],
      notYetExamined: [],
    },
    {
      id: 'edge-and-encryption',
      text: 'Traffic goes through the edge, and all of it is encrypted.',
      lines: ['SC-TLS'],
      notYetExamined: [gap.edgeInFront, gap.originReachable],
    },
    {
      id: 'reviewer-journey',
      text: 'A newcomer can open an account, sign in, publish and invite somebody.',
      lines: [],
      notYetExamined: ['the journey of a newcomer: open an account, sign in, publish, invite'],
    },
    {
      id: 'operable-by-others',
      text: 'Somebody who was not there can run the product from the handover notes.',
      lines: ['SC-DEPLOY'],
      notYetExamined: ['whether the handover notes are there and sufficient'],
    },
  ],
  // What the source document calls not ready by itself is a gate here. For the other lines it names no number, so three apply: that many say the trouble is not local.
  failuresThatStop: 3,
  redFlags: [
    {
      id: 'admin-by-obscurity',
      statement: 'Administration answers to users who are not administrators.',
      why: 'Then only the interface hides it, and the same habit is likely in routes that were not tried.',
      raisedBy: { kind: 'checks', checks: ['roles/role-matrix', 'roles/self-promotion'] },
    },
    {
      id: 'script-readable-tokens',
      statement: 'Access tokens lie where any script of the page can take them.',
      why: 'One injected script, even from an advertisement or a library, is then enough for every open account.',
      raisedBy: { kind: 'answer', question: 'script-readable-tokens', answer: 'yes' },
    },
    {
      id: 'all-seeing-account',
      statement: 'One shared account reads the data of every tenant.',
      why: 'No rule in the application protects data from the account it runs under.',
      raisedBy: { kind: 'answer', question: commonQuestions.sharedServiceAccount.id, answer: 'yes' },
    },
    {
      id: 'lasting-reset-links',
      statement: 'A password reset link goes on working after its use or for more than an hour.',
      why: 'Old mail then opens accounts, which says that the life of tokens was never thought through.',
      raisedBy: { kind: 'answer', question: 'short-reset-links', answer: 'no' },
    },
    {
      id: 'secrets-without-owner',
      statement: 'No one can say where secrets are kept or whose task it is to replace them.',
      why: 'The next leak will find nobody ready.',
      raisedBy: { kind: 'answer', question: commonQuestions.secretsHaveOwner.id, answer: 'no' },
    },
  ],
  redFlagsForSenior: 2,
  questions: [
    ...allCommonQuestions,
    {
      id: 'script-readable-tokens',
      text: 'Does the browser keep access tokens in local storage, session storage or a cookie that scripts can read?',
      why: 'It decides whether one bad script costs one page view or all accounts.',
    },
    {
      id: 'short-reset-links',
      text: 'Do password reset links stop working once used, and within an hour in any case?',
      why: 'A link in an old message is a spare key.',
    },
  ],
  today: [
    {
      title: 'Clear the repository of secrets',
      lines: ['SC-SECRETS'],
      how: 'Look for environment files, private keys, webhook addresses with a password in them, mail passwords and payment keys. Replace each one at its provider, then remove it.',
    },
    {
      title: 'Send all plain HTTP to HTTPS',
      lines: ['SC-TLS'],
      how: 'Switch the redirect on at the edge or the host, open the site, and mend every part that the browser says it loaded insecurely.',
    },
    {
      title: 'Put mail records right before inviting anybody',
      lines: ['SC-EMAIL'],
      how: 'Enter the records your mail provider gives you, send a message to two large mailbox providers, and read the results in its source.',
    },
    {
      title: "Open a stranger's record",
      lines: ['SC-AUTHZ'],
      how: 'As one user, ask for the profile, post, comment, message and invoice of another by id. Anything but a refusal stops the launch.',
    },
    {
      title: 'Watch the pages that matter',
      lines: ['SC-DEPLOY', 'SC-LOGS'],
      how: 'Let a monitor ask for the home page, the login, the API and the dashboard every minute, and send you a message when errors pile up.',
    },
  ],
  plan: [
    {
      id: 'domain',
      title: 'Domain, certificates and edge',
      fromHour: 1,
      toHour: 6,
      lines: ['SC-TLS'],
      steps: [
        'Remove stale DNS records and define every host name.',
        'Put Cloudflare or an equal in front, with valid certificates.',
        'Redirect plain HTTP and verify each name from outside.',
      ],
    },
    {
      id: 'secrets',
      title: 'Secrets moved and replaced',
      fromHour: 2,
      toHour: 12,
      lines: ['SC-SECRETS', 'SC-LOGS'],
      steps: [
        "Move settings into the server's environment or a secret store.",
        'Replace what was exposed.',
        'Take keys out of browser code and mask them in logs.',
      ],
    },
    {
      id: 'mail',
      title: 'Mail that arrives',
      fromHour: 4,
      toHour: 10,
      lines: ['SC-EMAIL'],
      steps: [
        'Set SPF, DKIM and DMARC for the sender in use.',
        'Receive real messages in several inboxes and read their results.',
        'Try the resending of resets and invites.',
      ],
    },
    {
      id: 'deployment',
      title: 'A hardened deployment',
      fromHour: 8,
      toHour: 20,
      lines: ['SC-DEPLOY'],
      steps: [
        'Separate staging from production.',
        'Switch debug aids off and set protective headers.',
        'Keep private answers out of caches and try the way back.',
      ],
    },
    {
      id: 'monitoring',
      title: 'Eyes on the product',
      fromHour: 16,
      toHour: 24,
      lines: ['SC-DEPLOY', 'SC-LOGS'],
      steps: [
        'Watch uptime and errors.',
        'Route alerts to a person.',
        'Record failed logins and denied requests, and write down where to look.',
      ],
    },
    {
      id: 'remaining-blockers',
      title: 'Remaining blockers, last pass and handover',
      fromHour: 24,
      toHour: 48,
      lines: ['SC-AUTHN', 'SC-AUTHZ', 'SC-INPUT', 'SC-RATE', 'SC-CORS-CSRF'],
      steps: [
        'Enforce ownership on the server through one policy for all routes.',
        'End sessions on logout and on a new password; drop development shortcuts.',
        'Limit the routes open to abuse, validate all input, fix the list of origins and protect changes by cookie.',
        'Run this review again, and hand over with the known risks in writing.',
      ],
    },
  ],
  readingList: [
    reading.codeReview,
    reading.apiSecurity,
    reading.cyberSecurity,
    reading.owaspApiTop10,
    reading.owaspAsvs,
  ],
};
