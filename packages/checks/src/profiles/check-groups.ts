import type { LineCheck } from '@launch-ready/core';

const plain = (...ids: readonly string[]): readonly LineCheck[] => ids.map((id) => ({ id }));

/** Private routes called with nothing, or with a credential that must not work any more. */
export const invalidCredentialChecks = plain(
  'access/anonymous-access',
  'access/expired-credential',
  'access/tampered-credential',
);

/** One tenant's users reaching for what another tenant has just made. */
export const tenancyChecks = plain(
  'tenancy/cross-tenant-read',
  'tenancy/cross-tenant-list',
  'tenancy/cross-tenant-update',
  'tenancy/cross-tenant-delete',
  'tenancy/cross-tenant-insert',
  'tenancy/object-actions',
  'tenancy/live-channels',
  'tenancy/tenant-data',
);

/** What each role may do inside its own tenant. */
const roleChecks = plain('roles/role-matrix', 'roles/permissions-lock', 'roles/self-promotion');

/** Fields that a write or an answer should not have. */
const fieldChecks = plain('mass-assignment/protected-fields', 'mass-assignment/excessive-exposure');

/** What the source code shows of guards and tenants, beside what trying its routes showed. */
export const sourceChecks = plain('routes/server-guard', 'routes/tenant-scope');

/** Everything that decides whose data a signed-in user reaches. */
export const authorizationChecks: readonly LineCheck[] = [
  ...plain('access/foreign-credential'),
  ...tenancyChecks,
  ...roleChecks,
  ...fieldChecks,
];

/** Old sessions used again, and the cookies that carry them. */
export const sessionChecks = plain(
  'session/logout-invalidation',
  'session/password-change-invalidation',
  'session/disabled-user',
  'session/downgraded-role',
  'session/removed-member',
  'session/refresh-rotation',
  'session/token-forgery',
  'session/token-purpose',
  'session/token-lifetime',
  'session/token-expiry',
  'session/new-session-at-login',
  'session/second-step',
  'browser/cookie-flags',
);

/** Requests that another site makes through a visitor's browser. */
export const otherSiteChecks = plain(
  'browser/cors-untrusted-origin',
  'browser/csrf',
  'browser/websocket-origin',
);

/** Bad input, and what the application says and keeps of it. */
export const inputChecks = plain(
  'input/injection',
  'input/malformed-input',
  'input/oversized-input',
  'input/persisted-invalid-input',
  'input/error-disclosure',
);

/** Bursts on the login, and the way back for an honest user. */
export const loginLimitChecks = (attemptsPerMinute: number): readonly LineCheck[] => [
  { id: 'limits/login-rate-limit', options: { attemptsPerMinute } },
  { id: 'limits/forged-client-address' },
  { id: 'limits/login-rate-limit-recovery' },
  { id: 'limits/retry-after' },
  { id: 'limits/mail-rate-limit' },
];

/** An invite used in every way in which it must not work. */
export const inviteChecks = (minHours: number, maxHours: number): readonly LineCheck[] => [
  ...plain(
    'invites/single-use',
    'invites/bound-to-address',
    'invites/revocation',
    'invites/safe-method',
    'invites/race',
    'invites/newest-only',
    'invites/accepted-as-made',
    'invites/token-secrecy',
    'invites/token-strength',
    'invites/expiry',
    'invites/signup',
    'mailed-tokens/link-page',
  ),
  { id: 'invites/lifetime', options: { minHours, maxHours } },
];

/** Ways in that need no password, and what strangers learn of accounts. */
export const loginDoorChecks = plain(
  'authentication/login-bypass',
  'authentication/account-enumeration',
  'authentication/account-timing',
);

/** A password reset used in every way in which it must not work. */
export const resetChecks = (maxMinutes: number): readonly LineCheck[] => [
  ...plain(
    'resets/single-use',
    'resets/newest-only',
    'resets/race',
    'resets/safe-method',
    'resets/bound-to-account',
    'resets/link-origin',
    'resets/token-secrecy',
    'resets/token-strength',
    'resets/ends-sessions',
    'resets/expiry',
    'mailed-tokens/link-page',
  ),
  { id: 'resets/lifetime', options: { maxMinutes } },
];
