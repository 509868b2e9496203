import type { CitationId, EvidenceId, ExchangeId, FindingDraft, Outcome } from '@launch-ready/core';

/** What a check makes of one trial: the good state seen, the bad state seen, or neither. */
export type TrialState = 'good' | 'bad' | 'unclear';

interface Trial {
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
  /** The bad state was seen, and not when it was tried again. */
  readonly seenOnce?: true | undefined;
}

export interface TrialRules<T extends Trial> {
  /** The evidence record the trials came in, cited when a trial has no exchange of its own. */
  readonly record: EvidenceId;
  readonly trials: readonly T[];
  readonly state: (trial: T) => TrialState;
  /** The finding of a bad trial. Trials with the same subject become one finding. */
  readonly finding: (trial: T) => Omit<FindingDraft, 'evidence'>;
  /** What a pass says, for this many good trials. */
  readonly passed: (good: number) => string;
  /** What a failure says, for this many findings. */
  readonly failed: (findings: number) => string;
  /** Why nothing can be said when there is no trial. */
  readonly untried: string;
  /** Share of trials, 0 to 1, that must have ended in a proof for a pass. */
  readonly provenShare: number;
}

/**
 * Judges a list of trials: one bad trial fails, too many unclear ones are unknown, as is a single one in which the fault showed and
 * could not be shown again, and a pass needs at least one proof.
 */
export function judgeTrials<T extends Trial>(rules: TrialRules<T>): Outcome {
  const good = rules.trials.filter((trial) => rules.state(trial) === 'good');
  const bad = rules.trials.filter((trial) => rules.state(trial) === 'bad');
  const unclear = rules.trials.filter((trial) => rules.state(trial) === 'unclear');

  const [first, ...rest] = mergeBySubject(
    bad.map((trial) => ({ ...rules.finding(trial), evidence: cite(rules.record, [trial]) })),
  );
  const why = unclear[0]?.because;
  const once = unclear.filter(({ seenOnce }) => seenOnce);
  const proven = good.length + bad.length;
  const unproven =
    once[0] !== undefined
      ? `${once.length} of ${rules.trials.length} trials showed the fault and not a second time: ${once[0].because}`
      : proven === 0 || proven / rules.trials.length < rules.provenShare
        ? `${unclear.length} of ${rules.trials.length} trials proved nothing${why === undefined ? '' : `: ${why}`}`
        : null;
  if (first !== undefined) {
    const because = rules.failed(rest.length + 1);
    return {
      status: 'fail',
      because,
      findings: [first, ...rest],
      ...(unproven === null ? {} : { unproven }),
    };
  }
  if (rules.trials.length === 0) return { status: 'unknown', because: rules.untried };
  if (unproven !== null) return { status: 'unknown', because: unproven, evidence: [rules.record] };
  const doubt = why === undefined ? '' : `; ${unclear.length} more proved nothing: ${why}`;
  return { status: 'pass', because: rules.passed(good.length) + doubt, evidence: cite(rules.record, good) };
}

/** The exchanges of these trials, at most 20, after the record itself. */
function cite(record: EvidenceId, trials: readonly Trial[]): readonly [CitationId, ...CitationId[]] {
  const exchanges = [...new Set(trials.flatMap((trial) => trial.exchanges))];
  return [record, ...exchanges.slice(0, 20)];
}

/** A fingerprint is made of the subject, so that two findings with one subject would be the same finding twice. */
function mergeBySubject(drafts: readonly FindingDraft[]): readonly FindingDraft[] {
  const merged = new Map<string, FindingDraft>();
  for (const draft of drafts) {
    const key = JSON.stringify(Object.entries(draft.subject).toSorted(([a], [b]) => a.localeCompare(b)));
    const earlier = merged.get(key);
    if (earlier === undefined) {
      merged.set(key, draft);
      continue;
    }
    const [head, ...tail] = earlier.evidence;
    const more = [...tail, ...draft.evidence].filter((id) => id !== head);
    merged.set(key, {
      ...earlier,
      reproduce: earlier.reproduce ?? draft.reproduce ?? null,
      actors: [...new Set([...earlier.actors, ...draft.actors])],
      evidence: [head, ...new Set(more)],
    });
  }
  return [...merged.values()];
}
