import type { Profile } from '@launch-ready/core';
import { internalOpsLines } from './internal-ops-lines.ts';
import { allCommonQuestions } from './common-questions.ts';
import { fastCoreFlows } from './fast-core-flows.ts';
import { notYetExamined as gap } from './not-yet-examined.ts';
import { reading } from './reading.ts';

/** A community platform that a company's own staff work with every day. */
export const internalOps: Profile = {
  id: 'internal-ops',
  title: 'Internal operations community',
  audience:
    'Teams that put staff, administrators and members on one internal tool and depend on it for daily work',
  summary:
    'Inside a company the dangerous user is a colleague with the wrong rights, and the costly failure is a morning without ' +
    'the tool. This checklist asks for enforced roles, a protected front door, and a way back from a bad release.',
  lines: internalOpsLines,
  // The source document has no section of that name; these are the bars it sets for production traffic.
  acceptance: [
    {
      id: 'no-bypass',
      text: 'Logins and roles hold against everything that was tried.',
      lines: ['SC-AUTHN', 'SC-AUTHZ'],
      notYetExamined: [],
    },
    { id: 'no-leaked-secret', text: 'No secret is exposed.', lines: ['SC-SECRETS'], notYetExamined: [] },
    fastCoreFlows('the flows that staff use daily'),
    {
      id: 'trusted-mail',
      text: "The domain's mail passes all three proofs.",
      lines: ['SC-EMAIL'],
      notYetExamined: [],
    },
    {
      id: 'edge-and-encryption',
      text: 'All names are encrypted, and the edge stands before the application.',
      lines: ['SC-TLS', 'SC-EDGE'],
      notYetExamined: [],
    },
    {
      id: 'told-before-users',
      text: 'Monitoring speaks up before staff do.',
      lines: ['SC-LOG-ALERT'],
      notYetExamined: [gap.uptimeWatch],
    },
    {
      id: 'way-back',
      text: 'A bad release can be undone, and it has been tried.',
      lines: ['SC-ROLLBACK'],
      notYetExamined: [],
    },
  ],
  // The source document holds a launch back once two lines of its scorecard have failed, whichever they are.
  failuresThatStop: 2,
  redFlags: [
    {
      id: 'roles-in-interface-only',
      statement: 'The screens know roles and the API does not.',
      why: 'Hidden buttons stop nobody who can send a request.',
      raisedBy: {
        kind: 'checks',
        checks: ['roles/role-matrix', 'roles/self-promotion', 'access/anonymous-access'],
      },
    },
    {
      id: 'secrets-in-many-places',
      statement: 'The same production secrets exist in several places.',
      why: 'A copy that was forgotten stays valid when the others are replaced.',
      raisedBy: { kind: 'answer', question: 'secrets-in-many-places', answer: 'yes' },
    },
    {
      id: 'monitoring-postponed',
      statement: 'Monitoring is planned for some time after launch.',
      why: 'In practice that means after the first outage.',
      raisedBy: { kind: 'answer', question: 'monitoring-before-launch', answer: 'no' },
    },
    {
      id: 'homemade-auth',
      statement: 'Login and sessions were built by the team itself, under time pressure.',
      why: 'Expired tokens and parallel sessions are the cases such code forgets.',
      raisedBy: { kind: 'answer', question: 'homemade-auth', answer: 'yes' },
    },
    {
      id: 'access-unexplained',
      statement: 'No one can list the rights of every person and every service account.',
      why: 'Rights that nobody can list are rights that nobody takes away.',
      raisedBy: { kind: 'answer', question: 'access-list', answer: 'no' },
    },
  ],
  redFlagsForSenior: 2,
  questions: [
    ...allCommonQuestions,
    {
      id: 'secrets-in-many-places',
      text: 'Are there several copies of production secrets, for example in local files, CI settings, dashboards or code?',
      why: 'Each copy has to be found before a secret can be replaced.',
    },
    {
      id: 'monitoring-before-launch',
      text: 'Is monitoring switched on before people start to work with the tool?',
      why: 'The first days bring the most failures.',
    },
    {
      id: 'homemade-auth',
      text: 'Did you write login or session handling yourselves instead of using a proven library or service?',
      why: 'Home-made login code needs a review of its own.',
    },
    {
      id: 'access-list',
      text: 'Can you list today what administrators, staff, service accounts and outside partners may each do?',
      why: 'It is the first thing an audit asks for.',
    },
  ],
  today: [
    {
      title: 'Give every administrator a second factor',
      lines: ['SC-AUTHN'],
      how: 'Switch it on for each administrator of the tool and of the services around it, and remove administrators who no longer need to be.',
    },
    {
      title: 'Replace secrets that left their safe',
      lines: ['SC-SECRETS'],
      how: 'Whatever was pasted into a chat or a shared document has been seen; make a new one and switch the old one off.',
    },
    {
      title: 'Go through the DNS records',
      lines: ['SC-EMAIL', 'SC-TLS'],
      how: 'Confirm where each name leads and that redirects are meant. Trim SPF to senders you use, turn DKIM on, and raise DMARC to quarantine when your own mail passes.',
    },
    {
      title: 'List the routes and their guards',
      lines: ['SC-AUTHZ', 'SC-INPUT'],
      how: 'Note for each route that creates, changes, invites, exports or shows members: who may call it, and where login, role and input are verified. Blank cells are your work list.',
    },
    {
      title: 'Hear about errors',
      lines: ['SC-LOG-ALERT'],
      how: 'Connect an error tracker and an uptime monitor, and let failed logins, server errors and deployments report to a channel somebody reads.',
    },
  ],
  plan: [
    {
      id: 'audit',
      title: 'Take stock',
      fromHour: 0,
      toHour: 8,
      lines: ['SC-SECRETS', 'SC-EMAIL', 'SC-AUTHZ'],
      steps: [
        'Write down DNS, mail, deployment, secrets and who can reach what.',
        'Replace exposed secrets before anything else.',
      ],
    },
    {
      id: 'domain',
      title: 'Domain and edge routing',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-EDGE', 'SC-TLS'],
      steps: [
        'Put records, redirects and host names right.',
        'Route all traffic through Cloudflare or an equal.',
      ],
    },
    {
      id: 'encryption',
      title: 'Encryption, caching and flood protection',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-TLS', 'SC-EDGE'],
      steps: [
        'Issue certificates and insist on HTTPS.',
        'Cache public files only.',
        'Switch firewall rules and flood protection on and close the server to direct calls.',
      ],
    },
    {
      id: 'mail',
      title: 'Mail that lands',
      fromHour: 8,
      toHour: 24,
      lines: ['SC-EMAIL'],
      steps: [
        'Align SPF, DKIM and DMARC with the address staff see.',
        'Receive a reset and an alert, and verify both.',
      ],
    },
    {
      id: 'release',
      title: 'Production release',
      fromHour: 24,
      toHour: 36,
      lines: ['SC-SECRETS', 'SC-ROLLBACK'],
      steps: [
        'Deploy the production build with verified settings.',
        'Give each environment secrets of its own.',
        'Split risky migrations so that the previous version keeps running.',
      ],
    },
    {
      id: 'hardening',
      title: 'Access, origins, limits and input',
      fromHour: 24,
      toHour: 36,
      lines: ['SC-AUTHN', 'SC-AUTHZ', 'SC-CORS-CSRF', 'SC-INPUT', 'SC-EDGE'],
      steps: [
        'Move role decisions from the screens into one guard on the server.',
        'Tighten sessions and demand a second factor of administrators.',
        'Name the trusted origins and set protective headers.',
        'Limit routes by kind and identity; validate payloads.',
      ],
    },
    {
      id: 'visibility-and-handover',
      title: 'Monitoring, rollback and handover',
      fromHour: 36,
      toHour: 48,
      lines: ['SC-LOG-ALERT', 'SC-ROLLBACK'],
      steps: [
        'Make each alert ring once.',
        'Roll a release back and note how long it took.',
        'Write down what changed and what to do when it breaks.',
      ],
    },
  ],
  readingList: [
    reading.codeReview,
    reading.apiSecurity,
    reading.cyberSecurity,
    reading.owaspApiTop10,
    { title: 'Cloudflare: learning centre', url: 'https://www.cloudflare.com/learning/' },
  ],
};
