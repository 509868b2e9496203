import { compareSeverity, type Finding } from '@launch-ready/core';

/** Open findings first, the worst first; accepted ones last. Within a severity the order of the review stays. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) => Number(a.waived) - Number(b.waived) || compareSeverity(a.severity, b.severity),
  );
}
