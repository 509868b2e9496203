import type { Trap } from '../../traps/trap.ts';

/** Secure behaviour of the shop that looks guilty. */
export const guardTraps: readonly Trap[] = [
  {
    id: 'guard-own-proxy-believed',
    family: 'SC-RATE',
    looksLike: 'a made-up X-Forwarded-For gets around the login limit',
    isSafeBecause:
      'only a proxy on the same machine is believed, and the entry that it writes itself is what counts',
    metWhen: [{ kind: 'rateLimits', mentions: 'client-address' }],
  },
  {
    id: 'guard-any-word-search',
    family: 'SC-INPUT',
    looksLike: 'a search finds the item whatever condition is put behind the word',
    isSafeBecause: 'it looks for any of the words, and takes conditions as words too',
    metWhen: [{ kind: 'injection', mentions: 'sql-condition', and: ['GET /search'] }],
  },
  {
    id: 'guard-repeats-as-data',
    family: 'SC-INPUT',
    looksLike: 'a search repeats a script that it was asked for',
    isSafeBecause: 'the answer is data, which no browser runs',
    metWhen: [{ kind: 'injection', mentions: 'reflected-script', and: ['GET /search'] }],
  },
  {
    id: 'guard-page-escaped',
    family: 'SC-INPUT',
    looksLike: 'the page of an item holds the stored script',
    isSafeBecause: 'it is escaped there',
    metWhen: [{ kind: 'injection', mentions: 'stored-script', and: ['POST /items'] }],
  },
  {
    id: 'guard-forms-with-lax-cookie',
    family: 'SC-CORS-CSRF',
    looksLike: 'a form of another site makes an item',
    isSafeBecause: 'browsers keep the cookie back',
    metWhen: [{ kind: 'csrf', mentions: 'POST /items', and: ['form'] }],
  },
  {
    id: 'guard-policy-in-page',
    family: 'SC-CORS-CSRF',
    looksLike: 'the start page comes without a content security policy',
    isSafeBecause: 'the policy stands in the head of the page, and framing is refused by a header',
    metWhen: [{ kind: 'securityHeaders', mentions: 'page' }],
  },
];
