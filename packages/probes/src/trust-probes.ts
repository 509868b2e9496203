import { cookies } from './browser-trust/cookies.ts';
import { cors } from './browser-trust/cors.ts';
import { csrf } from './browser-trust/csrf.ts';
import { securityHeaders } from './browser-trust/security-headers.ts';
import { inputHandling } from './input/input-handling.ts';
import { inviteReplay } from './lifecycle/invite-replay.ts';
import { sessionReplay } from './lifecycle/session-replay.ts';
import { loginRateLimit } from './limits/login-rate-limit.ts';
import type { Probe } from './probe.ts';

/** Probes of sessions, invites, browser trust, input and limits; the one that may lock logins comes last. */
export const trustProbes: readonly Probe[] = [
  cookies,
  cors,
  securityHeaders,
  csrf,
  inputHandling,
  sessionReplay,
  inviteReplay,
  loginRateLimit,
];
