import {
  profileOptions,
  runChecks,
  type AnyCheck,
  type EvidenceRecord,
  type ExchangeId,
  type Profile,
} from '@launch-ready/core';

/**
 * How many findings the evidence gathered so far holds, for the progress line. The review itself is judged from the disk at
 * the end, when every login has been proven once more.
 * @param sent requests sent so far, whose exchanges may be cited
 */
export function findingsSoFar(
  profile: Profile,
  checks: readonly AnyCheck[],
  records: readonly EvidenceRecord[],
  sent: number,
): number {
  const exchanges = new Set(Array.from({ length: sent }, (_, index): ExchangeId => `x${index + 1}`));
  const runs = runChecks(checks, records, exchanges, (check) => profileOptions(profile, check));
  return runs.reduce(
    (sum, { outcome }) => sum + (outcome.status === 'fail' ? outcome.findings.length : 0),
    0,
  );
}
