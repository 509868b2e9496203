import type { EvidenceKind } from '@launch-ready/core';
import type { Trap } from '../../traps/trap.ts';

const trap = (
  family: string,
  id: string,
  looksLike: string,
  isSafeBecause: string,
  ...[kind, mentions, ...and]: readonly [EvidenceKind, string, ...string[]]
): Trap => ({ id, family, looksLike, isSafeBecause, metWhen: [{ kind, mentions, and }] });

/** Secure behaviour of the lodge that looks guilty. */
export const lodgeTraps: readonly Trap[] = [
  trap(
    'SC-RATE',
    'lodge-retry-after-is-a-date',
    'the Retry-After of a limit is no number',
    'it is the date of its end',
    ...(['rateLimits', '"limitedBy":"429"', '"recovers":"yes"'] as const),
  ),
  trap(
    'SC-RATE',
    'lodge-mails-kept-back',
    'thirty requests for a new password in a row are all answered alike, and none with 429',
    'after some of them no mail is sent',
    ...(['mailLimits', '"route":"reset"', '"limitedBy":"silently"'] as const),
  ),
  trap(
    'SC-RATE',
    'lodge-invites-kept-back',
    'thirty invites of one address in a row are all answered 201',
    'after some of them no mail is sent',
    ...(['mailLimits', '"route":"invite"', '"limitedBy":"silently"'] as const),
  ),
  trap(
    'CK-RESET',
    'lodge-used-reset-answers-200',
    'a used reset token is answered 200 "done"',
    'the password stays as it was; whether a token was good is never said',
    ...(['resetReplay', '"case":"second-use"', '"verdict":"refused"'] as const),
  ),
  trap(
    'CK-RESET',
    'lodge-race-answers-200',
    'five uses of one token in the same instant are all answered 200 "done"',
    'one of them set a password, and one notice was mailed',
    ...(['resetReplay', '"case":"race"', '5 were answered as a success', '"verdict":"refused"'] as const),
  ),
  trap(
    'CK-RESET',
    'lodge-mail-quotes-host',
    'the mail of a reset repeats the name that X-Forwarded-Host made up',
    'in its text; the link leads to the lodge',
    ...(['resetReplay', '"case":"forged-host"', 'X-Forwarded-Host', '"verdict":"refused"'] as const),
  ),
  trap(
    'SC-AUTHN',
    'lodge-answers-repeat-question',
    'the login answers differently for an account that exists and for one that does not',
    'only the address that was asked for and a random number of the request differ',
    ...(['loginDoor', '"operation":"POST /auth/login"', '"verdict":"alike"'] as const),
  ),
  trap(
    'SC-AUTHN',
    'lodge-refused-login-sets-cookie',
    'a login with a wrong password sets a fresh cookie',
    'it counts visits and opens nothing',
    ...(['loginDoor', '"shortcut":"a wrong password"', '"verdict":"refused"'] as const),
  ),
  trap(
    'CK-INVITE',
    'lodge-ordered-tokens',
    'tokens of invites begin with the time, and each is greater than the one before',
    '128 random bits follow',
    ...(['inviteReplay', '"consecutive":false'] as const),
  ),
  trap(
    'CK-INVITE',
    'lodge-role-in-request-ignored',
    'an acceptance that says "admin" is answered 200',
    'the account becomes what it was invited as',
    ...(['inviteReplay', '"case":"edited"', 'became member', '"verdict":"refused"'] as const),
  ),
  trap(
    'CK-INVITE',
    'lodge-race-makes-one-member',
    'several acceptances arrive in the same instant',
    'the invite is taken before anything else, and one membership comes to be',
    ...(['inviteReplay', '"case":"race"', 'made 1 membership', '"verdict":"refused"'] as const),
  ),
  trap(
    'CK-INVITE',
    'lodge-signup-answers-201',
    'signing up with an invited address and without its token is answered 201',
    'an account comes to be that is a member of nothing',
    ...(['inviteReplay', '"case":"signup"', 'without the token', '"verdict":"refused"'] as const),
  ),
  trap(
    'CK-RESET',
    'lodge-page-loads-from-elsewhere',
    'the page of a reset, with the token in its address, loads a script from another site',
    'it states no referrer policy, and browsers then tell other sites the origin alone',
    ...(['resetReplay', '"case":"link-page"', 'but the origin', '"verdict":"refused"'] as const),
  ),
];

/** Secure behaviour of a lodge whose answers take now a moment, now longer. */
export const slowLodgeTraps: readonly Trap[] = [
  trap(
    'SC-AUTHN',
    'slow-lodge-login-varies',
    'wrong passwords take up to 60 ms longer for one name than for another',
    'how long is a matter of chance, whoever asks',
    ...(['loginDoor', '"operation":"POST /auth/login"', 'accounts that exist took'] as const),
  ),
  trap(
    'SC-AUTHN',
    'slow-lodge-reset-varies',
    'asking for a reset takes up to 60 ms longer for one name than for another',
    'how long is a matter of chance, whoever asks',
    ...(['resetReplay', '"operation":"POST /auth/forgot"', 'accounts that exist took'] as const),
  ),
];
