import type { AnyCheck } from '../model/check.ts';
import type { CitationId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';

/**
 * Why an outcome must not be believed, or null when it may be. The types forbid most of this already; it is looked at
 * again because a false pass costs more than a second look.
 *
 * @param known exchange ids of the run, and ids of the evidence records the check was given
 */
export function outcomeProblem(check: AnyCheck, outcome: Outcome, known: ReadonlySet<string>): string | null {
  const status: string | undefined = outcome?.status;
  if (!['pass', 'fail', 'unknown', 'not-applicable'].includes(status)) return 'the check gave no outcome';
  if (outcome.status !== 'fail') {
    const cited: readonly CitationId[] = outcome.evidence ?? [];
    if (outcome.status === 'pass' && cited.length === 0) return 'the check passed without evidence';
    return strangeCitation(cited, known);
  }
  const drafts: readonly (typeof outcome.findings)[number][] = outcome.findings;
  if (drafts.length === 0) return 'the check failed without a finding';
  if (drafts.some((draft) => draft.evidence.length < 1))
    return 'the check reports a finding without evidence';
  if (drafts.every((draft) => (draft.severity ?? check.severity) === 'info')) {
    return 'the check failed on remarks alone: a failure needs a finding of low severity or worse';
  }
  return strangeCitation(
    drafts.flatMap((draft) => draft.evidence),
    known,
  );
}

function strangeCitation(cited: readonly CitationId[], known: ReadonlySet<string>): string | null {
  const strange = [...new Set(cited)].filter((id) => !known.has(id));
  return strange.length === 0 ? null : `the check cites ${strange.join(', ')}, which it was not given`;
}
