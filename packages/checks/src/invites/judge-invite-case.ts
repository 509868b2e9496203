import type { Gathered, inviteCases, Outcome } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type InviteCase = (typeof inviteCases)[number];

/** Judges one way in which an invite must not work. */
export function judgeInviteCase(
  evidence: Gathered<'inviteReplay'>,
  which: InviteCase,
  words: { readonly good: string; readonly bad: string },
): Outcome {
  const gap = evidence.notTested.find((entry) => entry.case === which);
  const untried = gap?.because;
  const trials = evidence.trials.filter((trial) => trial.case === which);
  if (trials.length === 0 && gap?.absent === true)
    return { status: 'not-applicable', because: gap.because, evidence: [evidence.id] };
  return judgeTrials({
    record: evidence.id,
    trials,
    state: (trial) =>
      trial.verdict === 'refused' ? 'good' : trial.verdict === 'accepted' ? 'bad' : 'unclear',
    finding: (trial) => ({
      subject: { relation: which },
      message: `${words.bad}: ${trial.because}`,
      actors: [trial.inviter],
      reproduce: trial.reproduce,
    }),
    passed: () => words.good,
    failed: () => words.bad,
    untried: untried ?? 'this use of an invite was not tried',
    provenShare: 1,
  });
}
