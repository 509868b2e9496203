import { severities, type Finding, type Severity } from '@launch-ready/core';

export interface SeverityCount {
  readonly severity: Severity;
  readonly count: number;
}

/** How many findings of each severity are not waived; severities without any are left out. */
export function openFindings(findings: readonly Finding[]): readonly SeverityCount[] {
  return severities
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => !finding.waived && finding.severity === severity).length,
    }))
    .filter((each) => each.count > 0);
}
