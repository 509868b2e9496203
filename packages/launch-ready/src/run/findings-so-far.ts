import {
  profileOptions,
  runChecks,
  type AnyCheck,
  type EvidenceRecord,
  type ExchangeId,
  type Profile,
} from '@launch-ready/core';

/**
 * Counts the findings that the evidence gathered so far holds, for the progress line; counts again only when there is more.
 * The review itself is judged from the disk at the end, when every login has been proven once more.
 *
 * @param records evidence of the run, which grows
 * @param sent requests sent so far, whose exchanges may be cited
 */
export function findingsSoFar(
  profile: Profile,
  checks: readonly AnyCheck[],
  records: readonly EvidenceRecord[],
  sent: () => number,
): () => number {
  let counted = { records: 0, findings: 0 };
  return () => {
    if (counted.records === records.length) return counted.findings;
    const exchanges = new Set(Array.from({ length: sent() }, (_, index): ExchangeId => `x${index + 1}`));
    const runs = runChecks(checks, records, exchanges, (check) => profileOptions(profile, check));
    const findings = runs.reduce(
      (sum, { outcome }) => sum + (outcome.status === 'fail' ? outcome.findings.length : 0),
      0,
    );
    counted = { records: records.length, findings };
    return findings;
  };
}
