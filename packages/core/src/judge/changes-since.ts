import type { Finding } from '../model/finding.ts';
import type { CheckResult, Review } from '../model/review.ts';

/**
 * What is new, fixed and the same against an earlier review, by fingerprint. A finding counts as fixed only when its check
 * could look again; otherwise nobody can tell.
 */
export function changesSince(
  baseline: Review | null,
  findings: readonly Finding[],
  checks: readonly CheckResult[],
): Review['changes'] {
  if (baseline === null) return null;
  const now = new Set(findings.map(({ id }) => id));
  const before = new Set(baseline.findings.map(({ id }) => id));
  const looked = new Set(
    checks.filter(({ status }) => status === 'pass' || status === 'fail').map(({ id }) => id),
  );
  const gone = baseline.findings.filter(({ id }) => !now.has(id));
  return {
    against: baseline.run.id,
    new: findings.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    fixed: gone.filter(({ check }) => looked.has(check)).map(({ id }) => id),
    same: findings.filter(({ id }) => before.has(id)).map(({ id }) => id),
    cannotTell: gone.filter(({ check }) => !looked.has(check)).map(({ id }) => id),
  };
}
