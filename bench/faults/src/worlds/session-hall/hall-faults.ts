import type { WorldFault } from '../world.ts';

const fault = (
  id: string,
  check: string,
  title: string,
  place: WorldFault['expects']['place'],
  more: Pick<WorldFault, 'alsoExpects'> = {},
): WorldFault => ({
  id,
  family: 'CK-SESSION',
  title,
  expects: { check: `session/${check}`, place },
  ...more,
});
const event = (relation: string, variant: string): WorldFault['expects']['place'] => ({ relation, variant });
const forged = (id: string, variant: string, title: string): WorldFault =>
  fault(id, 'token-forgery', title, { variant });
const refresh = (id: string, variant: string, title: string): WorldFault =>
  fault(id, 'refresh-rotation', title, { variant });

/** Ways to break a hall with tokens signed by a secret. */
export const tokenHallFaults: readonly WorldFault[] = [
  fault(
    'hall-logout-keeps-refresh',
    'logout-invalidation',
    'the refresh token of a login that was logged out works on',
    event('logout', 'refresh'),
    {
      alsoExpects: [
        {
          check: 'session/logout-invalidation',
          place: event('logout-everywhere', 'refresh'),
          because: 'it is the same lookup for every way to log out',
        },
        {
          check: 'session/password-change-invalidation',
          place: event('password-change', 'refresh'),
          because: 'it is the same lookup for every end of a login',
        },
      ],
    },
  ),
  fault(
    'hall-everywhere-is-here',
    'logout-invalidation',
    'logging out everywhere ends the present session only',
    event('logout-everywhere', 'bearer'),
    {
      alsoExpects: [
        {
          check: 'session/logout-invalidation',
          place: event('logout-everywhere', 'refresh'),
          because: 'the login that lives on has a refresh token too',
        },
      ],
    },
  ),
  fault(
    'hall-suspended-keep-access',
    'disabled-user',
    'the session of a suspended account works on',
    event('disable', 'bearer'),
  ),
  fault(
    'hall-suspended-refresh',
    'disabled-user',
    'the refresh token of a suspended account gives tokens',
    event('disable', 'refresh'),
  ),
  fault(
    'hall-roles-from-token',
    'downgraded-role',
    'the role is read from the token',
    event('downgrade', 'bearer'),
  ),
  fault(
    'hall-teams-from-token',
    'removed-member',
    'teams and roles are read from the token',
    event('removal', 'bearer'),
    {
      alsoExpects: [
        {
          check: 'session/downgraded-role',
          place: event('downgrade', 'bearer'),
          because: 'the role comes from the same claim',
        },
      ],
    },
  ),
  refresh('hall-refresh-stays', 'rotation', 'a refresh token is not replaced by its use'),
  refresh('hall-refresh-forks', 'fork', 'an old refresh token opens another chain'),
  refresh('hall-refresh-remembers', 'reuse', 'an old refresh token gives its successor for ever'),
  refresh('hall-refresh-race', 'parallel-fork', 'two uses of a refresh token in the same instant both count'),
  fault('hall-refresh-opens-api', 'token-purpose', 'a refresh token is taken for an access token', {
    relation: 'refresh token',
  }),
  fault('hall-access-refreshes', 'token-purpose', 'an access token is taken for a refresh token', {
    relation: 'access token',
  }),
  fault('hall-tokens-without-end', 'token-lifetime', 'access tokens state no end', {
    variant: 'without end',
  }),
  fault(
    'hall-day-long-tokens',
    'token-lifetime',
    'access tokens live for a day and are not looked up',
    { variant: 'too long' },
    {
      alsoExpects: [
        {
          check: 'session/logout-invalidation',
          place: event('logout', 'bearer'),
          because: 'nothing ends such a token',
        },
        {
          check: 'session/logout-invalidation',
          place: event('logout-everywhere', 'bearer'),
          because: 'nothing ends such a token',
        },
        {
          check: 'session/password-change-invalidation',
          place: event('password-change', 'bearer'),
          because: 'nothing ends such a token',
        },
        {
          check: 'session/disabled-user',
          place: event('disable', 'bearer'),
          because: 'nothing ends such a token',
        },
      ],
    },
  ),
  fault('hall-ignores-end', 'token-expiry', 'access tokens are taken after the end that they state', {
    relation: 'access token',
    variant: 'after its end',
  }),
  fault('hall-refresh-without-end', 'token-expiry', 'refresh tokens are taken after their end', {
    relation: 'refresh token',
    variant: 'after its end',
  }),
  forged('hall-takes-none', 'no signature', 'a token without a signature is believed when it says so'),
  forged('hall-takes-empty-signature', 'empty signature', 'a token with an empty signature is believed'),
  forged('hall-common-secret', 'common secret', 'tokens are signed with a secret out of a tutorial'),
  forged(
    'hall-takes-key-of-token',
    'key in the token',
    'a token is verified by the key that it brings along',
  ),
  forged(
    'hall-takes-key-from-file',
    'key name that points elsewhere',
    'the key is read from the file that the token names',
  ),
];

/** Ways to break a hall with tokens signed by a key pair. */
export const keyHallFaults: readonly WorldFault[] = [
  forged('hall-fetches-keys', 'key address in the token', 'a token is verified by keys that it points to'),
  forged('hall-confuses-keys', 'public key as secret', 'the public key is taken for the secret of HMAC'),
  refresh(
    'hall-collision-ends-all',
    'parallel-lockout',
    'two tabs that refresh at once end all sessions of the account',
  ),
];

/** Ways to break a hall with cookies. */
export const cookieHallFaults: readonly WorldFault[] = [
  {
    id: 'hall-members-invite-admins',
    family: 'CK-ROLES',
    title: 'members invite somebody as an administrator, though they may invite nobody as a member',
    expects: { check: 'roles/self-promotion', place: { operation: 'POST /teams/{team}/invites' } },
  },
  fault(
    'hall-logout-keeps-session',
    'logout-invalidation',
    'logging out clears the cookie and ends nothing',
    event('logout', 'cookie'),
  ),
  {
    ...fault('hall-sso-unbound', 'single-sign-on', 'a sign-on carries nothing that binds it to its browser', {
      variant: 'binding',
    }),
    family: 'CK-SSO',
  },
  {
    ...fault('hall-sso-takes-no-state', 'single-sign-on', 'a callback without any state signs in', {
      variant: 'missing-state',
    }),
    family: 'CK-SSO',
  },
  {
    ...fault('hall-sso-takes-any-state', 'single-sign-on', 'the state of another browser signs in', {
      variant: 'foreign-state',
    }),
    family: 'CK-SSO',
  },
  {
    ...fault(
      'hall-sso-links-unverified',
      'single-sign-on',
      'an unverified address enters the account that has it',
      { variant: 'unverified-email' },
    ),
    family: 'CK-SSO',
  },
  {
    ...fault('hall-sso-takes-answers-twice', 'single-sign-on', 'an answer of the provider signs in twice', {
      variant: 'reused-answer',
    }),
    family: 'CK-SSO',
  },
  ...(
    [
      ['hall-sso-returns-anywhere', 'return-to', 'a sign-on leads to any address that its start names'],
      ['hall-sso-compares-a-slash', 'return-to', 'a sign-on leads to any address that begins with a slash'],
      ['hall-sso-ignores-nonce', 'foreign-nonce', 'the nonce of an answer is not compared'],
    ] as const
  ).map(([id, variant, title]): WorldFault => ({
    ...fault(id, 'single-sign-on', title, { variant }),
    family: 'CK-SSO',
  })),
  fault(
    'hall-takes-any-session-id',
    'new-session-at-login',
    'a login signs in whatever session id the browser brings',
    { relation: 'login' },
  ),
];
