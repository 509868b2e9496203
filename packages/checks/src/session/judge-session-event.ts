import type { Gathered, Outcome, sessionEvents } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

type SessionEvent = (typeof sessionEvents)[number];

/** Judges whether credentials were dead after one kind of event. */
export function judgeSessionEvent(
  evidence: Gathered<'sessionReplay'>,
  event: SessionEvent,
  happening: string,
): Outcome {
  const untried = evidence.notTested.find((entry) => entry.event === event)?.because;
  return judgeTrials({
    record: evidence.id,
    trials: evidence.trials.filter((trial) => trial.event === event),
    state: (trial) => (trial.verdict === 'ended' ? 'good' : trial.verdict === 'alive' ? 'bad' : 'unclear'),
    finding: (trial) => ({
      subject: { relation: event, variant: trial.credential },
      message: `the ${trial.credential} credential of ${trial.actor} was still accepted ${age(trial.aliveAfterMs)} ${happening}: ${trial.because}`,
      actors: [trial.actor],
      reproduce: trial.reproduce,
    }),
    passed: (good) =>
      `${good} old ${good === 1 ? 'credential was' : 'credentials were'} refused ${happening}`,
    failed: () => `an old credential still works ${happening}`,
    untried: untried ?? `no ${event} was tried`,
    provenShare: 1,
  });
}

const age = (milliseconds: number | null): string =>
  milliseconds === null ? 'some time' : `${(milliseconds / 1000).toFixed(1)} s`;
