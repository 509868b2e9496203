import type { Question } from '@launch-ready/core';

/** What no probe can see and every checklist wants answered, signed and dated. */
export const commonQuestions = {
  secondFactorOnAccounts: {
    id: 'second-factor-on-accounts',
    text: 'Is a second factor required on all accounts that run the product: hosting, DNS, Git, mail, database, analytics?',
    why: 'Whoever takes one of these accounts owns the product, whatever its code does.',
  },
  secretsHaveOwner: {
    id: 'secrets-have-owner',
    text: 'Is it written down where each production secret lives, and who replaces it after a leak?',
    why: 'A leak is answered in minutes when one person knows what to replace, and in days when nobody does.',
  },
  secretsEverPasted: {
    id: 'secrets-ever-pasted',
    text: 'Was a secret that is still valid ever put into a chat, a ticket, a document or a screenshot?',
    why: 'Copies there outlive every clean-up of the code; only a new secret makes them harmless.',
  },
  environmentsApart: {
    id: 'environments-apart',
    text: 'Do staging and production use different credentials, databases and accounts at third parties?',
    why: 'Shared credentials let a mistake made while testing reach real customers.',
  },
  personalDataMapped: {
    id: 'personal-data-mapped',
    text: 'Can you list every service that stores or receives personal data of your users?',
    why: 'Data that nobody has listed is neither protected nor deleted, and buyers ask for the list.',
  },
  logsHaveHome: {
    id: 'logs-have-home',
    text: 'Do you know where production logs are kept, for how long, and who may read them?',
    why: 'Without an answer there is nothing to read after an incident, or too many people who can.',
  },
  someoneIsPaged: {
    id: 'someone-is-paged',
    text: 'Is one named person called when production fails, at night as well?',
    why: 'An alert without an owner is a log entry.',
  },
  sharedServiceAccount: {
    id: 'shared-service-account',
    text: 'Is there a service account that several people or services share, or that can read the data of all tenants?',
    why: 'One stolen credential then opens everything, and no log tells who used it.',
  },
} as const satisfies Readonly<Record<string, Question>>;

/** All of them, in the order in which a form asks them. */
export const allCommonQuestions: readonly Question[] = Object.values(commonQuestions);
