import type { Gathered, Outcome, Reproduction, Severity } from '@launch-ready/core';
import { judgeTrials, type TrialState } from '../trials/judge-trials.ts';

type InputHandling = Gathered<'inputHandling'>;
export type InputTrial = InputHandling['trials'][number];

/** Judges the trials of some mutations, by the verdicts that are bad for them. */
export function judgeInput(
  evidence: InputHandling,
  rules: {
    readonly applies: (trial: InputTrial) => boolean;
    readonly state: (trial: InputTrial) => TrialState;
    readonly message: (trial: InputTrial) => string;
    readonly variant: (trial: InputTrial) => string;
    /** Only where it is not that of the verdict. */
    readonly reproduce?: (trial: InputTrial) => Reproduction | null;
    /** Only where it differs from the check's own. */
    readonly severity?: (trial: InputTrial) => Severity;
    readonly passed: string;
    readonly failed: string;
  },
): Outcome {
  const notTested = evidence.notTested ?? [];
  const outcome = judgeTrials({
    record: evidence.id,
    trials: evidence.trials.filter(rules.applies),
    state: rules.state,
    finding: (trial) => ({
      subject: { operation: trial.operation, variant: rules.variant(trial) },
      message: rules.message(trial),
      actors: [trial.actor],
      reproduce: rules.reproduce ? rules.reproduce(trial) : trial.reproduce,
      ...(rules.severity ? { severity: rules.severity(trial) } : {}),
    }),
    passed: (good) => `${rules.passed} (${good} requests)`,
    failed: (findings) => `${rules.failed} (${findings} ${findings === 1 ? 'case' : 'cases'})`,
    untried: notTested[0]?.because ?? 'no write operation could be tried',
    provenShare: 0.8,
  });
  // A limit answered in the application's place: whether that write turns the input away was not seen.
  const limited = evidence.trials.find((trial) => rules.applies(trial) && trial.status === 429);
  if (outcome.status === 'pass' && limited !== undefined) {
    return {
      status: 'unknown',
      because: `${limited.operation} was answered with status 429, a limit, instead of a judgement of the input: review again when the limit is open`,
      evidence: [evidence.id],
    };
  }
  if (outcome.status !== 'pass' || notTested.length === 0) return outcome;
  const reached = new Set(evidence.trials.map((trial) => trial.operation)).size;
  const missed = notTested.length;
  // More writes out of reach than within it: what was seen says too little of the whole.
  if (missed > reached) {
    return {
      status: 'unknown',
      because: `only ${reached} of ${reached + missed} writes could be tried: ${notTested[0]?.because ?? ''}`,
      evidence: [evidence.id],
    };
  }
  return { ...outcome, because: `${outcome.because}; ${missed} writes could not be tried` };
}

export const fieldOf = (trial: InputTrial): string => (trial.field === null ? '' : ` in ${trial.field}`);

export const statusOf = (trial: InputTrial): string =>
  trial.status === null ? 'a dropped connection' : `status ${trial.status}`;

/** Mutations that are about size. */
export const isSize = (trial: InputTrial): boolean =>
  trial.mutation === 'oversized-body' || trial.mutation === 'over-long';
