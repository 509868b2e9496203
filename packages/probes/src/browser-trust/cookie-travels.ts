import type { EvidenceMap } from '@launch-ready/core';

/**
 * Whether browsers attach the session to a cross-site request. Every authenticating cookie is needed, so that the strictest
 * one decides. A missing SameSite counts as travelling, since only some browsers then take Lax.
 */
export function cookieTravels(
  evidence: EvidenceMap['cookies'],
): EvidenceMap['csrf']['trials'][number]['cookieTravels'] {
  const flags = evidence.cookies.filter((cookie) => cookie.authenticates).map((cookie) => cookie.sameSite);
  if (flags.includes('strict')) return 'no';
  return flags.includes('lax') ? 'only-top-level-get' : 'yes';
}
