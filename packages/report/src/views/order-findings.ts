import { compareSeverity, type Finding } from '@launch-ready/core';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Open findings first, the worst first; accepted ones last. The same findings always come in the same order. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      Number(a.waived) - Number(b.waived) ||
      compareSeverity(a.severity, b.severity) ||
      compareText(a.check, b.check) ||
      compareText(a.id, b.id),
  );
}
