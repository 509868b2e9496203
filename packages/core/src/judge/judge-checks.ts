import type { Finding } from '../model/finding.ts';
import type { CitationId } from '../model/ids.ts';
import type { CheckResult } from '../model/review.ts';
import type { Profile } from '../model/profile.ts';
import { counted } from './counted.ts';
import type { CheckRun } from './run-checks.ts';

/**
 * The result of every check once waivers are known. A check fails while one finding of low severity or worse is not
 * accepted. When all are accepted it passes, unless it said that something besides them could not be proven: then it is
 * unknown, since accepting a fault proves nothing about the rest.
 *
 * @param findings of all checks, waivers applied
 */
export function judgeChecks(
  runs: readonly CheckRun[],
  findings: readonly Finding[],
  profile: Profile,
): readonly CheckResult[] {
  return runs.map((run) => {
    const { check } = run;
    const own = findings.filter((finding) => finding.check === check.id);
    const judged = judgeOutcome(run, own);
    return {
      id: check.id,
      title: judged.title,
      criterion: check.criterion,
      severity: check.severity,
      status: judged.status,
      because: judged.because,
      evidence: [...new Set(judged.evidence)],
      findings: own.map((finding) => finding.id),
      lines: linesOf(profile, check.id),
      references: check.references,
    };
  });
}

/** Ids of the profile's lines that rest on a check, in the profile's order. */
export const linesOf = (profile: Profile, check: string): readonly string[] =>
  profile.lines.filter((line) => line.checks.some(({ id }) => id === check)).map((line) => line.id);

interface Judged extends Pick<CheckResult, 'status' | 'title' | 'because'> {
  readonly evidence: readonly CitationId[];
}

function judgeOutcome({ check, outcome }: CheckRun, own: readonly Finding[]): Judged {
  const { status, because } = outcome;
  if (outcome.status === 'error') return { status: 'error', title: check.title, because, evidence: [] };
  if (outcome.status !== 'fail')
    return { status, title: check.title, because, evidence: outcome.evidence ?? [] };
  const evidence = own.flatMap((finding) => finding.evidence);
  if (own.some((finding) => finding.severity !== 'info' && !finding.waived)) {
    return { status, title: check.failureTitle, because, evidence };
  }
  const accepted = `${counted(own.filter((finding) => finding.waived).length, 'finding')} accepted by waiver`;
  const title = `${check.failureTitle} (accepted)`;
  return outcome.unproven === undefined
    ? { status: 'pass', title, because: `${accepted}; nothing else was found`, evidence }
    : { status: 'unknown', title, because: `${accepted}; besides, ${outcome.unproven}`, evidence };
}
