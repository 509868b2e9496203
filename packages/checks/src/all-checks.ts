import type { AnyCheck } from '@launch-ready/core';
import { cookieFlags } from './browser/cookie-flags.ts';
import { corsUntrustedOrigin } from './browser/cors-untrusted-origin.ts';
import { csrf } from './browser/csrf.ts';
import { securityHeaders } from './browser/security-headers.ts';
import { errorDisclosure } from './input/error-disclosure.ts';
import { malformedInput } from './input/malformed-input.ts';
import { oversizedInput } from './input/oversized-input.ts';
import { persistedInvalidInput } from './input/persisted-invalid-input.ts';
import { boundToAddress } from './invites/bound-to-address.ts';
import { lifetime } from './invites/lifetime.ts';
import { revocation } from './invites/revocation.ts';
import { safeMethod } from './invites/safe-method.ts';
import { singleUse } from './invites/single-use.ts';
import { loginRateLimitRecovery } from './limits/login-rate-limit-recovery.ts';
import { loginRateLimit } from './limits/login-rate-limit.ts';
import { logoutInvalidation } from './session/logout-invalidation.ts';
import { passwordChangeInvalidation } from './session/password-change-invalidation.ts';

/** Every check there is. */
export const checks: readonly AnyCheck[] = [
  logoutInvalidation,
  passwordChangeInvalidation,
  singleUse,
  boundToAddress,
  revocation,
  safeMethod,
  lifetime,
  cookieFlags,
  corsUntrustedOrigin,
  csrf,
  securityHeaders,
  loginRateLimit,
  loginRateLimitRecovery,
  malformedInput,
  oversizedInput,
  persistedInvalidInput,
  errorDisclosure,
];
