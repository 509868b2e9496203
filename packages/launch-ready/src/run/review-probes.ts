import {
  accessCoverage,
  cookies,
  cors,
  crossTenant,
  csrf,
  inputHandling,
  inviteReplay,
  loginRateLimit,
  plant,
  roleMatrix,
  securityHeaders,
  sessionReplay,
  type Probe,
} from '@launch-ready/probes';

/** Every probe of a review, in the order in which they run when nothing builds on anything. */
export const reviewProbes: readonly Probe[] = [
  plant,
  crossTenant,
  accessCoverage,
  roleMatrix,
  cookies,
  securityHeaders,
  cors,
  csrf,
  sessionReplay,
  inviteReplay,
  inputHandling,
  loginRateLimit,
];
