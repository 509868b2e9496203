import type { Profile, ProfileLine } from '../model/profile.ts';
import type { CheckResult, LineResult, LineStatus } from '../model/review.ts';
import { counted } from './counted.ts';

/** Judges every line of a profile from the results of its checks. What nobody looked at never passes. */
export function judgeLines(profile: Profile, checks: readonly CheckResult[]): readonly LineResult[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return profile.lines.map((line) => ({
    id: line.id,
    title: line.title,
    criterion: line.criterion,
    gate: line.gate,
    ...judgeLine(line, byId),
    checks: [...new Set(line.checks.map(({ id }) => id))],
    notYetExamined: line.notYetExamined,
    thresholds: line.thresholds,
    whyItMatters: line.whyItMatters,
    whatBreaks: line.whatBreaks,
    references: line.references,
  }));
}

function judgeLine(
  line: ProfileLine,
  results: ReadonlyMap<string, CheckResult>,
): { readonly status: LineStatus; readonly because: string } {
  const ids = [...new Set(line.checks.map(({ id }) => id))];
  const checks = ids.flatMap((id) => results.get(id) ?? []);
  const failed = checks.filter((check) => check.status === 'fail');
  if (failed.length > 0) return { status: 'fail', because: failed.map(said).join('; ') };

  const unproven = [
    ...ids.filter((id) => !results.has(id)).map((id) => `no check named ${id} was run`),
    ...checks.filter((check) => check.status === 'unknown' || check.status === 'error').map(said),
    ...line.notYetExamined.map((what) => `not examined yet: ${what}`),
  ];
  if (unproven.length > 0) return { status: 'unknown', because: unproven.join('; ') };
  if (ids.length === 0) return { status: 'unknown', because: 'no check looks at this line yet' };

  const passed = checks.filter((check) => check.status === 'pass');
  if (passed.length === 0) return { status: 'not-applicable', because: checks.map(said).join('; ') };
  const aside = checks.length - passed.length;
  const summary = `${counted(passed.length, 'check')} passed${aside > 0 ? `, ${aside} did not apply` : ''}`;
  return { status: 'pass', because: `${summary}: ${passed.map(said).join('; ')}` };
}

const said = (check: CheckResult): string => `${check.title} (${check.because})`;
