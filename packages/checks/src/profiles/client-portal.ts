import type { Profile } from '@launch-ready/core';
import { clientPortalLines } from './client-portal-lines.ts';
import { allCommonQuestions, commonQuestions } from './common-questions.ts';
import { fastCoreFlows } from './fast-core-flows.ts';
import { reading } from './reading.ts';

/** A portal in which client companies see their projects, tickets, invoices, files and messages. */
export const clientPortal: Profile = {
  id: 'client-portal',
  title: 'Client portal',
  audience: 'Service businesses whose clients log in to see projects, tickets, invoices and files',
  summary:
    "A portal is a window onto your clients' business. This checklist asks whether each client looks through their own " +
    'window only, whether the domain and its mail can be trusted, and whether you know at night when it goes dark.',
  lines: clientPortalLines,
  // The source document has no section of that name; these are the outcomes by which it calls a portal ready.
  acceptance: [
    {
      id: 'no-leaked-secret',
      text: 'Code, logs and browser bundles are free of secrets.',
      lines: ['SC-SECRETS'],
      notYetExamined: [],
    },
    {
      id: 'routes-guarded',
      text: 'Routes ask for a login and then for the right role.',
      lines: ['SC-AUTH-COVERAGE', 'SC-AUTHZ'],
      notYetExamined: [],
    },
    {
      id: 'own-records-only',
      text: 'Projects, tickets, files and invoices show up for the client they were made for.',
      lines: ['SC-AUTHZ'],
      notYetExamined: [],
    },
    {
      id: 'trusted-mail',
      text: 'The three mail proofs hold for the domain.',
      lines: ['SC-EMAIL'],
      notYetExamined: [],
    },
    {
      id: 'edge-and-encryption',
      text: 'The edge is on, with encryption forced and floods kept off.',
      lines: ['SC-TLS', 'SC-EDGE'],
      notYetExamined: [],
    },
    {
      id: 'settings-outside-code',
      text: 'Production takes its keys from the environment instead of the code.',
      lines: ['SC-SECRETS', 'SC-DEPLOY'],
      notYetExamined: [],
    },
    {
      id: 'alerts-arrive',
      text: 'Uptime is watched, and an alert ends up where a person reads it.',
      lines: ['SC-MONITOR'],
      notYetExamined: [],
    },
    fastCoreFlows('the important routes of the portal'),
    {
      id: 'no-open-surface',
      text: 'No way around the login, no borrowed id and no open administration was found.',
      lines: ['SC-AUTH-COVERAGE', 'SC-AUTHZ'],
      notYetExamined: ['administration pages at well-known addresses'],
    },
  ],
  // What the source document says must not ship is a gate here. It counts no other failures, so three apply: that many say the trouble is not local.
  failuresThatStop: 3,
  redFlags: [
    {
      id: 'roles-without-model',
      statement: 'Users have different roles, and nobody has written down what a role may do.',
      why: 'It begins with puzzled clients and ends with one of them seeing too much.',
      raisedBy: { kind: 'answer', question: 'permission-matrix', answer: 'no' },
    },
    {
      id: 'unreviewed-backend',
      statement: 'A tool generated the portal, and no engineer has read its server side.',
      why: 'Generated screens look finished while the routes behind them are open.',
      raisedBy: { kind: 'answer', question: 'backend-read-by-engineer', answer: 'no' },
    },
    {
      id: 'secrets-in-browser-code',
      statement: 'Code that is delivered to browsers contains secrets.',
      why: 'Everybody who opened the page has them already, and copies turn up in logs next.',
      raisedBy: { kind: 'answer', question: 'secrets-in-browser-code', answer: 'yes' },
    },
    {
      id: 'unlimited-paid-calls',
      statement: 'Calls to paid services have no limit for each user.',
      why: 'A single script can spend the budget of a month in one night.',
      raisedBy: { kind: 'answer', question: 'paid-calls-limited', answer: 'no' },
    },
    {
      id: 'data-map-missing',
      statement: 'Nobody can trace client data through all the services it passes.',
      why: 'What cannot be traced cannot be protected, and a reviewer will ask for exactly that.',
      raisedBy: { kind: 'answer', question: commonQuestions.personalDataMapped.id, answer: 'no' },
    },
  ],
  redFlagsForSenior: 2,
  questions: [
    ...allCommonQuestions,
    {
      id: 'permission-matrix',
      text: 'Is it written down which role may see and do what?',
      why: 'Rules that live in heads differ from head to head.',
    },
    {
      id: 'backend-read-by-engineer',
      text: 'Has an experienced engineer read the server code of the portal?',
      why: 'Holes in access rules are found by reading and testing; the screens never show them.',
    },
    {
      id: 'secrets-in-browser-code',
      text: 'Is there a key or password in code that browsers download, even for the time being?',
      why: 'Temporary keys are found as quickly as permanent ones.',
    },
    {
      id: 'paid-calls-limited',
      text: 'Is there a limit for each user on everything you pay a third party for, such as messages, storage, payments or AI?',
      why: "Those bills grow with somebody else's script.",
    },
  ],
  today: [
    {
      title: 'Replace every key that has been shown around',
      lines: ['SC-SECRETS'],
      how: 'Go through chats, screenshots, documents and comments. A key that appeared there gets a successor today, doubtful cases included.',
    },
    {
      title: 'Force HTTPS for the whole domain',
      lines: ['SC-TLS'],
      how: 'Switch on the redirect where the domain is managed, then type the login address with http:// and watch it change.',
    },
    {
      title: 'Read your DNS records',
      lines: ['SC-EMAIL', 'SC-EDGE'],
      how: 'Look for SPF, DKIM and DMARC on the domain that sends, and hold further mail to clients until all three are there.',
    },
    {
      title: 'Take idle administration pages away',
      lines: ['SC-AUTH-COVERAGE', 'SC-DEPLOY'],
      how: 'Delete the ones nobody uses, and keep the rest out of menus and the sitemap. It protects nothing by itself, but fewer people stumble on them.',
    },
    {
      title: 'Try one invoice that is not yours',
      lines: ['SC-AUTHZ'],
      how: 'With two client accounts, copy the invoice number of one into the address bar of the other. If it opens, stop and mend that first.',
    },
  ],
  plan: [
    {
      id: 'audit',
      title: 'Look before touching',
      fromHour: 0,
      toHour: 8,
      lines: ['SC-SECRETS', 'SC-DEPLOY', 'SC-EMAIL'],
      steps: [
        'List domains, deployments and mail senders as they are.',
        'Find exposed secrets and replace them at once.',
        'Save the state before the first change.',
      ],
    },
    {
      id: 'domain',
      title: 'DNS and host names',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-EDGE', 'SC-TLS'],
      steps: ['Correct routing and host names, and remove stale records.', 'Check each name from outside.'],
    },
    {
      id: 'encryption',
      title: 'Certificates and forced HTTPS',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-TLS'],
      steps: [
        'Install certificates for all names and let them renew by themselves.',
        'Redirect plain HTTP, then set HSTS.',
      ],
    },
    {
      id: 'edge',
      title: 'Edge protection',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-EDGE'],
      steps: [
        'Switch on firewall rules and flood protection.',
        'Let the server accept traffic from the edge only.',
        'Exclude private answers from caching.',
      ],
    },
    {
      id: 'mail',
      title: 'Mail that is believed',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-EMAIL'],
      steps: [
        'Publish SPF, DKIM and DMARC, aligned with the address clients see.',
        'Verify a real message, then raise the policy to quarantine.',
      ],
    },
    {
      id: 'production-settings',
      title: 'Settings and deployment',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-SECRETS', 'SC-DEPLOY'],
      steps: [
        'Take settings from the environment and refuse to start when one is missing.',
        'Remove development switches.',
        "Mend what works on a developer's machine alone.",
      ],
    },
    {
      id: 'api-basics',
      title: 'Access rules, origins and limits of the API',
      fromHour: 24,
      toHour: 36,
      lines: ['SC-AUTH-COVERAGE', 'SC-AUTHZ', 'SC-CORS-CSRF', 'SC-RATE'],
      steps: [
        'Establish who calls, then whose record it is, on each route.',
        'Add the tenant to every query and check again before a change.',
        'List the permitted origins by name.',
        'Limit sensitive and costly routes.',
      ],
    },
    {
      id: 'monitoring-and-handover',
      title: 'Alerts, smoke test and handover',
      fromHour: 36,
      toHour: 48,
      lines: ['SC-MONITOR', 'SC-DEPLOY'],
      steps: [
        'Walk through the portal once as a client.',
        'Switch on alerts for downtime, certificates and DNS, and make one ring.',
        'Write down the way back, what to watch, and the list of the launch day.',
      ],
    },
  ],
  readingList: [
    reading.apiSecurity,
    reading.owaspApiTop10,
    {
      title: 'OWASP cheat sheet on authentication',
      url: 'https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html',
    },
    { title: 'Cloudflare: SSL/TLS', url: 'https://developers.cloudflare.com/ssl/' },
    { title: 'Google Workspace: SPF, DKIM and DMARC', url: 'https://support.google.com/a/topic/2752442' },
  ],
};
