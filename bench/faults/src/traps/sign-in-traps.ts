import type { Trap } from './trap.ts';

/** Traps that lie in how people sign in; the server is set up for them by its `SignIn`. */
export const signInTraps = {
  limitByStatus429: {
    id: 'limit-per-account-and-address',
    family: 'SC-RATE',
    looksLike: 'the right password is refused after wrong ones',
    isSafeBecause: 'for as long as it says, and works again then',
    metWhen: [{ kind: 'rateLimits', mentions: '"limitedBy":"429"', and: ['one-account'] }],
  },
  lockOutBy403: {
    id: 'lock-out-answers-403',
    family: 'SC-RATE',
    looksLike: 'guessing is never answered 429',
    isSafeBecause: 'from the sixth guess on the answer is 403, whatever the password',
    metWhen: [{ kind: 'rateLimits', mentions: '"limitedBy":"other-status"', and: ['one-account'] }],
  },
  suspensionBy401: {
    id: 'suspension-answers-401',
    family: 'SC-RATE',
    looksLike: 'every guess is answered alike, as if there were no limit',
    isSafeBecause: 'the account is suspended in silence: the right password is refused too',
    metWhen: [{ kind: 'rateLimits', mentions: '"limitedBy":"lockout"', and: ['one-account'] }],
  },
  shortPasswordsUncounted: {
    id: 'short-passwords-are-not-counted',
    family: 'SC-RATE',
    looksLike: 'short wrong passwords may be tried without end',
    isSafeBecause: 'no account can have one: they are refused before anything is compared',
    metWhen: [{ kind: 'rateLimits', mentions: '"verdict":"limited"', and: ['one-account'] }],
  },
  failureBy200: {
    id: 'failed-login-answers-200',
    family: 'SC-AUTHN',
    looksLike: 'a wrong password is answered 200',
    isSafeBecause: 'the body holds an error and no session',
    metWhen: [
      { kind: 'logins', mentions: '"proven":true' },
      { kind: 'rateLimits', mentions: '"verdict":"limited"', and: ['one-account'] },
    ],
  },
  shortTokens: {
    id: 'tokens-live-five-seconds',
    family: 'SC-SESSION',
    looksLike: 'actors are refused in the middle of the run',
    isSafeBecause: 'tokens are short-lived, and a new login works at any time',
    metWhen: [
      { kind: 'logins', mentions: '"proven":true' },
      { kind: 'crossTenant', mentions: '"verdict":"safe"' },
    ],
  },
  endedBy403: {
    id: 'ended-session-answers-403',
    family: 'SC-SESSION',
    looksLike: 'logging out is answered 200, and the old session with 403 instead of 401',
    isSafeBecause: 'the old session is refused everywhere',
    metWhen: [{ kind: 'sessionReplay', mentions: '"event":"logout"', and: ['"verdict":"ended"'] }],
  },
  preferenceCookie: {
    id: 'preference-cookie',
    family: 'SC-SESSION',
    looksLike: 'a cookie without HttpOnly, Secure and SameSite is set at login',
    isSafeBecause: 'it holds a colour and authenticates nobody',
    metWhen: [{ kind: 'cookies', mentions: '"name":"theme"', and: ['"authenticates":false'] }],
  },
  formsWithLaxCookie: {
    id: 'forms-with-a-lax-cookie',
    family: 'SC-CORS-CSRF',
    looksLike: 'a form from another origin is carried out',
    isSafeBecause: 'browsers keep a SameSite=Lax cookie back from such a form',
    metWhen: [
      { kind: 'csrf', mentions: '"style":"form"', and: ['only-top-level-get', '"verdict":"changed"'] },
    ],
  },
  tooLargeClosed: {
    id: 'too-large-closes-the-connection',
    family: 'SC-INPUT',
    looksLike: 'a large body ends in a closed connection',
    isSafeBecause: 'it is answered 413 first, and the server goes on serving others',
    metWhen: [{ kind: 'inputHandling', mentions: '"mutation":"oversized-body"' }],
  },
} as const satisfies Readonly<Record<string, Trap>>;
