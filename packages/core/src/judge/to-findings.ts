import type { AnyCheck } from '../model/check.ts';
import type { Finding, FindingDraft } from '../model/finding.ts';
import { compareSeverity } from '../model/severity.ts';
import { fingerprint } from './fingerprint.ts';

/**
 * Turns what a check saw into findings. Drafts about the same thing become one: the worst of them speaks (the first among
 * equals), and actors and evidence of all are kept.
 *
 * @param line the first line of the profile that rests on the check; null when none does
 */
export function toFindings(
  check: AnyCheck,
  drafts: readonly FindingDraft[],
  line: string | null,
): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const draft of drafts) {
    const next = toFinding(check, draft, line);
    const before = merged.get(next.id);
    merged.set(next.id, before === undefined ? next : merge(before, next));
  }
  return [...merged.values()];
}

function toFinding(check: AnyCheck, draft: FindingDraft, line: string | null): Finding {
  return {
    id: fingerprint(check.id, draft.subject),
    check: check.id,
    line,
    severity: draft.severity ?? check.severity,
    title: check.failureTitle,
    message: draft.message,
    subject: draft.subject,
    actors: [...new Set(draft.actors)],
    evidence: draft.evidence,
    reproduce: draft.reproduce ?? null,
    fix: check.fix,
    references: check.references,
    waived: false,
  };
}

function merge(before: Finding, next: Finding): Finding {
  const worse = compareSeverity(next.severity, before.severity) < 0 ? next : before;
  const [first, ...rest] = before.evidence;
  const more = new Set([...rest, ...next.evidence]);
  more.delete(first);
  return {
    ...worse,
    reproduce: worse.reproduce ?? before.reproduce ?? next.reproduce,
    actors: [...new Set([...before.actors, ...next.actors])],
    evidence: [first, ...more],
  };
}
