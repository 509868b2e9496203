import type { Gathered, Outcome, resetCases, Severity } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type ResetCase = (typeof resetCases)[number];

/** Judges some ways in which a reset must not work. An application without resets has nothing to judge. */
export function judgeResetCases(
  evidence: Gathered<'resetReplay'>,
  which: readonly ResetCase[],
  words: { readonly good: string; readonly bad: string; readonly severity?: Severity },
): Outcome {
  const untried = evidence.notTested.find((entry) => which.includes(entry.case));
  const trials = evidence.trials.filter((trial) => which.includes(trial.case));
  if (trials.length === 0 && untried?.absent === true)
    return { status: 'not-applicable', because: untried.because, evidence: [evidence.id] };
  return judgeTrials({
    record: evidence.id,
    trials,
    state: ({ verdict }) => (verdict === 'refused' ? 'good' : verdict === 'accepted' ? 'bad' : 'unclear'),
    finding: (trial) => ({
      subject: { relation: trial.case },
      message: `${words.bad}: ${trial.because}`,
      actors: [trial.actor],
      reproduce: trial.reproduce,
    }),
    passed: () => words.good,
    failed: () => words.bad,
    untried: untried?.because ?? 'this use of a reset was not tried',
    provenShare: 1,
  });
}
