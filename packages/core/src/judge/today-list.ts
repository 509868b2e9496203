import type { Finding } from '../model/finding.ts';
import type { Profile } from '../model/profile.ts';
import type { LineResult, Review } from '../model/review.ts';

/**
 * What can be done today without help: first for each finding that is not accepted, in the order given, then what the
 * profile offers for lines that failed or are not proven. Nothing is said twice.
 */
export function todayList(
  profile: Profile,
  lines: readonly LineResult[],
  findings: readonly Finding[],
): Review['today'] {
  const open = new Set(
    lines.filter((line) => line.status === 'fail' || line.status === 'unknown').map((line) => line.id),
  );
  const entries = [
    ...findings
      .filter((finding) => !finding.waived)
      .flatMap(({ title, fix }) => (fix.today === null ? [] : [{ title, how: fix.today }])),
    ...profile.today
      .filter((entry) => entry.lines.some((line) => open.has(line)))
      .map(({ title, how }) => ({ title, how })),
  ];
  return [...new Map(entries.map((entry) => [JSON.stringify([entry.title, entry.how]), entry])).values()];
}
