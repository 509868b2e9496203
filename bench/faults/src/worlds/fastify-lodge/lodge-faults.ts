import type { WorldFault } from '../world.ts';

const reset = (check: string, relation: string, id: string, title: string, variant?: string): WorldFault => ({
  id,
  family: 'CK-RESET',
  title,
  expects: { check: `resets/${check}`, place: { relation, ...(variant === undefined ? {} : { variant }) } },
});
const invite = (check: string, relation: string, id: string, title: string): WorldFault => ({
  id,
  family: 'CK-INVITE',
  title,
  expects: { check: `invites/${check}`, place: { relation } },
});
const login = (variant: string, id: string, title: string): WorldFault => ({
  id,
  family: 'SC-AUTHN',
  title,
  expects: { check: 'authentication/login-bypass', place: { operation: 'POST /auth/login', variant } },
});
const tells = (operation: string, id: string, title: string): WorldFault => ({
  id,
  family: 'SC-AUTHN',
  title,
  expects: { check: 'authentication/account-enumeration', place: { operation } },
});

const takes = (operation: string, id: string, title: string): WorldFault => ({
  id,
  family: 'SC-AUTHN',
  title,
  expects: { check: 'authentication/account-timing', place: { operation } },
});

const floods = (operation: string, id: string, title: string): WorldFault => ({
  id,
  family: 'SC-RATE',
  title,
  expects: { check: 'limits/mail-rate-limit', place: { operation } },
});

/** Ways to break the doors of the lodge. */
export const lodgeFaults: readonly WorldFault[] = [
  floods('POST /auth/forgot', 'lodge-resets-flood', 'mails for a new password are sent as often as one asks'),
  floods('POST /api/invites', 'lodge-invites-flood', 'one address is invited as often as one asks'),
  reset('single-use', 'second-use', 'lodge-reset-works-twice', 'a used reset link sets another password'),
  reset('newest-only', 'replaced', 'lodge-old-reset-lives', 'a reset link outlives a newer one'),
  reset(
    'newest-only',
    'after-password-change',
    'lodge-reset-survives-change',
    'a reset link outlives a change of the password',
  ),
  reset(
    'race',
    'race',
    'lodge-reset-checked-too-early',
    'a reset token is looked up first and marked as used a moment later',
  ),
  reset('safe-method', 'safe-method', 'lodge-looking-uses-reset', 'opening the page of a reset uses it up'),
  reset(
    'bound-to-account',
    'wrong-account',
    'lodge-reset-names-account',
    'a reset sets the password of whichever address the request names',
  ),
  reset(
    'link-origin',
    'forged-host',
    'lodge-link-by-forwarded-host',
    'the link of a reset is built from X-Forwarded-Host',
  ),
  reset('link-origin', 'forged-host', 'lodge-link-by-host', 'the link of a reset is built from Host'),
  reset(
    'token-secrecy',
    'token-in-answer',
    'lodge-forgot-gives-token',
    'the answer to asking for a reset holds its token',
  ),
  reset('ends-sessions', 'sessions', 'lodge-reset-keeps-sessions', 'sessions survive a reset'),
  reset('lifetime', 'lifetime', 'lodge-reset-lives-days', 'a reset is good for 14 days', 'too long'),
  reset('token-strength', 'token', 'lodge-reset-counts', 'tokens of resets count up', 'counts up'),
  reset('token-strength', 'token', 'lodge-reset-is-short', 'tokens of resets have 32 bits', 'too short'),
  reset('expiry', 'expired', 'lodge-expired-reset-works', 'an expired reset link sets a password'),
  {
    id: 'lodge-page-tells-address',
    family: 'CK-RESET',
    title: 'the page of a reset link loads from another site and tells it the whole address',
    expects: { check: 'mailed-tokens/link-page', place: { relation: 'reset' } },
  },
  invite(
    'race',
    'race',
    'lodge-invite-checked-too-early',
    'an invite is looked up first and taken a moment later, and memberships may repeat',
  ),
  invite(
    'newest-only',
    'replaced',
    'lodge-replaced-invite-lives',
    'an invite that a newer one took the place of can be accepted',
  ),
  invite(
    'accepted-as-made',
    'edited',
    'lodge-role-from-request',
    'whoever accepts an invite says in the request as what',
  ),
  invite(
    'accepted-as-made',
    'edited',
    'lodge-address-from-request',
    'whoever accepts an invite says in the request which address they have',
  ),
  invite('token-secrecy', 'shown', 'lodge-list-shows-tokens', 'members see tokens in the list of invites'),
  invite('token-strength', 'token', 'lodge-invite-is-short', 'tokens of invites have 24 bits'),
  invite('expiry', 'expired', 'lodge-expired-invite-works', 'an expired invite can be accepted'),
  invite(
    'signup',
    'signup',
    'lodge-signup-joins-by-address',
    'whoever signs up with an invited address is a member, though nobody confirmed the address',
  ),
  invite(
    'signup',
    'signup',
    'lodge-signup-takes-any-address',
    'the token of an invite can be used to sign up with any address',
  ),
  login('injection', 'lodge-login-takes-operators', 'a query operator passes for a password'),
  login('injection', 'lodge-login-builds-sql', 'the name is built into the SQL of the login'),
  login('injection', 'lodge-login-ends-sql', 'a name can end the SQL of the login before the password'),
  login('empty', 'lodge-login-without-password', 'an empty password logs in'),
  login('wrong-type', 'lodge-login-by-null', 'null logs in'),
  login('default-password', 'lodge-default-admin', 'admin with the password admin logs in'),
  tells('POST /auth/login', 'lodge-login-tells', 'the login says when nobody has an address'),
  tells('POST /auth/forgot', 'lodge-forgot-tells', 'asking for a reset says when nobody has an address'),
  tells('POST /api/invites', 'lodge-invite-tells', 'inviting an address says whether it has an account'),
  takes(
    'POST /auth/login',
    'lodge-hashes-for-accounts-alone',
    'passwords are hashed where there is an account',
  ),
  takes(
    'POST /auth/forgot',
    'lodge-mails-before-answering',
    'the answer waits for the mail, which only accounts get',
  ),
];
