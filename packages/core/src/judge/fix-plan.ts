import type { Finding } from '../model/finding.ts';
import type { Profile } from '../model/profile.ts';
import type { CheckResult, LineResult, PlanStep } from '../model/review.ts';

/**
 * The deliverables that serve a failed line or a gate that is not proven, by their hours, each with the findings it mends.
 * Accepted findings are left out.
 */
export function fixPlan(
  profile: Profile,
  lines: readonly LineResult[],
  checks: readonly CheckResult[],
  findings: readonly Finding[],
): readonly PlanStep[] {
  const needed = lines.filter((line) => line.status === 'fail' || (line.gate && line.status === 'unknown'));
  const steps = profile.plan.flatMap((deliverable): readonly PlanStep[] => {
    const served = needed.filter((line) => deliverable.lines.includes(line.id));
    if (served.length === 0) return [];
    const failed = served.filter((line) => line.status === 'fail');
    const asked = new Set(served.flatMap((line) => line.checks));
    const wanted = new Set(
      checks
        .filter((check) => asked.has(check.id) && check.status === 'fail')
        .flatMap((check) => check.findings),
    );
    return [
      {
        id: deliverable.id,
        title: deliverable.title,
        fromHour: deliverable.fromHour,
        toHour: deliverable.toHour,
        lines: served.map((line) => line.id),
        findings: findings.filter((finding) => wanted.has(finding.id) && !finding.waived).map(({ id }) => id),
        steps: deliverable.steps,
        because: [
          ...failed.map((line) => `${line.title} failed`),
          ...served.filter((line) => !failed.includes(line)).map((line) => `${line.title} is not proven`),
        ].join('; '),
      },
    ];
  });
  return steps.toSorted((a, b) => a.fromHour - b.fromHour || a.toHour - b.toHour);
}
