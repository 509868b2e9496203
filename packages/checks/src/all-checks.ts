import type { AnyCheck } from '@launch-ready/core';
import { anonymousAccess } from './access/anonymous-access.ts';
import { expiredCredential } from './access/expired-credential.ts';
import { foreignCredential } from './access/foreign-credential.ts';
import { tamperedCredential } from './access/tampered-credential.ts';
import { cookieFlags } from './browser/cookie-flags.ts';
import { corsUntrustedOrigin } from './browser/cors-untrusted-origin.ts';
import { csrf } from './browser/csrf.ts';
import { securityHeaders } from './browser/security-headers.ts';
import { websocketOrigin } from './browser/websocket-origin.ts';
import { errorDisclosure } from './input/error-disclosure.ts';
import { injection } from './input/injection.ts';
import { malformedInput } from './input/malformed-input.ts';
import { oversizedInput } from './input/oversized-input.ts';
import { persistedInvalidInput } from './input/persisted-invalid-input.ts';
import { accountEnumeration } from './authentication/account-enumeration.ts';
import { accountTiming } from './authentication/account-timing.ts';
import { loginBypass } from './authentication/login-bypass.ts';
import { inviteAcceptedAsMade } from './invites/accepted-as-made.ts';
import { inviteExpiry } from './invites/expiry.ts';
import { inviteNewestOnly } from './invites/newest-only.ts';
import { inviteRace } from './invites/race.ts';
import { inviteSignup } from './invites/signup.ts';
import { inviteTokenSecrecy } from './invites/token-secrecy.ts';
import { inviteTokenStrength } from './invites/token-strength.ts';
import { resetBoundToAccount } from './resets/bound-to-account.ts';
import { resetEndsSessions } from './resets/ends-sessions.ts';
import { resetExpiry } from './resets/expiry.ts';
import { resetLifetime } from './resets/lifetime.ts';
import { resetLinkOrigin } from './resets/link-origin.ts';
import { resetNewestOnly } from './resets/newest-only.ts';
import { resetRace } from './resets/race.ts';
import { resetSafeMethod } from './resets/safe-method.ts';
import { resetSingleUse } from './resets/single-use.ts';
import { resetTokenSecrecy } from './resets/token-secrecy.ts';
import { resetTokenStrength } from './resets/token-strength.ts';
import { linkPage } from './mailed-tokens/link-page.ts';
import { boundToAddress } from './invites/bound-to-address.ts';
import { lifetime } from './invites/lifetime.ts';
import { revocation } from './invites/revocation.ts';
import { safeMethod } from './invites/safe-method.ts';
import { singleUse } from './invites/single-use.ts';
import { forgedClientAddress } from './limits/forged-client-address.ts';
import { loginRateLimitRecovery } from './limits/login-rate-limit-recovery.ts';
import { loginRateLimit } from './limits/login-rate-limit.ts';
import { mailRateLimit } from './limits/mail-rate-limit.ts';
import { retryAfter } from './limits/retry-after.ts';
import { excessiveExposure } from './mass-assignment/excessive-exposure.ts';
import { protectedFields } from './mass-assignment/protected-fields.ts';
import { permissionsLock } from './roles/permissions-lock.ts';
import { roleMatrix } from './roles/role-matrix.ts';
import { selfPromotion } from './roles/self-promotion.ts';
import { adminSecondFactor } from './session/admin-second-factor.ts';
import { disabledUser } from './session/disabled-user.ts';
import { downgradedRole } from './session/downgraded-role.ts';
import { newSessionAtLogin } from './session/new-session-at-login.ts';
import { refreshRotation } from './session/refresh-rotation.ts';
import { removedMember } from './session/removed-member.ts';
import { secondStep } from './session/second-step.ts';
import { singleSignOn } from './session/single-sign-on.ts';
import { tokenExpiry } from './session/token-expiry.ts';
import { tokenForgery } from './session/token-forgery.ts';
import { tokenLifetime } from './session/token-lifetime.ts';
import { tokenPurpose } from './session/token-purpose.ts';
import { serverGuard } from './routes/server-guard.ts';
import { tenantScope } from './routes/tenant-scope.ts';
import { undocumentedRoute } from './routes/undocumented-route.ts';
import { logoutInvalidation } from './session/logout-invalidation.ts';
import { passwordChangeInvalidation } from './session/password-change-invalidation.ts';
import { crossTenantDelete } from './tenancy/cross-tenant-delete.ts';
import { crossTenantInsert } from './tenancy/cross-tenant-insert.ts';
import { crossTenantList } from './tenancy/cross-tenant-list.ts';
import { crossTenantRead } from './tenancy/cross-tenant-read.ts';
import { crossTenantUpdate } from './tenancy/cross-tenant-update.ts';
import { liveChannels } from './tenancy/live-channels.ts';
import { objectActions } from './tenancy/object-actions.ts';
import { tenantData } from './tenancy/tenant-data.ts';

/** Every check there is. */
export const checks: readonly AnyCheck[] = [
  anonymousAccess,
  expiredCredential,
  tamperedCredential,
  foreignCredential,
  crossTenantRead,
  crossTenantList,
  crossTenantUpdate,
  crossTenantDelete,
  crossTenantInsert,
  objectActions,
  liveChannels,
  tenantData,
  roleMatrix,
  permissionsLock,
  selfPromotion,
  protectedFields,
  excessiveExposure,
  logoutInvalidation,
  passwordChangeInvalidation,
  disabledUser,
  downgradedRole,
  removedMember,
  refreshRotation,
  tokenForgery,
  tokenPurpose,
  tokenLifetime,
  tokenExpiry,
  newSessionAtLogin,
  adminSecondFactor,
  secondStep,
  singleSignOn,
  singleUse,
  accountEnumeration,
  accountTiming,
  loginBypass,
  inviteAcceptedAsMade,
  inviteExpiry,
  inviteNewestOnly,
  inviteRace,
  inviteTokenSecrecy,
  inviteSignup,
  inviteTokenStrength,
  linkPage,
  resetBoundToAccount,
  resetEndsSessions,
  resetExpiry,
  resetLifetime,
  resetLinkOrigin,
  resetNewestOnly,
  resetRace,
  resetSafeMethod,
  resetSingleUse,
  resetTokenSecrecy,
  resetTokenStrength,
  boundToAddress,
  revocation,
  safeMethod,
  lifetime,
  cookieFlags,
  corsUntrustedOrigin,
  csrf,
  websocketOrigin,
  securityHeaders,
  loginRateLimit,
  forgedClientAddress,
  loginRateLimitRecovery,
  mailRateLimit,
  retryAfter,
  injection,
  malformedInput,
  oversizedInput,
  persistedInvalidInput,
  errorDisclosure,
  serverGuard,
  tenantScope,
  undocumentedRoute,
];
