import type { Gathered, Outcome, Severity, sessionEvents } from '@launch-ready/core';
import { judgeTrials, type TrialState } from '../trials/judge-trials.ts';

type SessionEvent = (typeof sessionEvents)[number];
type Trial = Gathered<'sessionReplay'>['trials'][number];

/** Options that all checks of events share. */
export interface EventOptions {
  /** Minutes for which a self-contained token may outlive an event. ASVS 7.4.1 allows none. */
  readonly residualMinutes: number;
}
export const eventOptions: EventOptions = { residualMinutes: 0 };

/** A token that ends so soon by itself does less harm. */
const shortLifeSeconds = 15 * 60;

/** Judges whether credentials were dead after events of some kinds. */
export function judgeSessionEvent(
  evidence: Gathered<'sessionReplay'>,
  events: SessionEvent | readonly SessionEvent[],
  happening: string,
  { residualMinutes }: EventOptions,
): Outcome {
  const kinds = [events].flat();
  const trials = evidence.trials.filter(({ event }) => kinds.includes(event));
  const untried = evidence.notTested.find(({ event }) => event === kinds[0]);
  if (trials.length === 0 && untried?.absent === true)
    return { status: 'not-applicable', because: untried.because, evidence: [evidence.id] };
  const state = ({ verdict, residualSeconds = null }: Trial): TrialState => {
    if (verdict === 'inconclusive') return 'unclear';
    if (verdict === 'ended') return 'good';
    return residualSeconds !== null && residualSeconds <= residualMinutes * 60 ? 'good' : 'bad';
  };
  return judgeTrials({
    record: evidence.id,
    trials,
    state,
    finding: (trial) => ({
      subject: { relation: trial.event, variant: trial.credential },
      message: `the ${nameOf(trial)} of ${trial.actor} was still accepted ${age(trial.aliveAfterMs)} ${happening}: ${trial.because}${residual(trial)}`,
      actors: [trial.actor],
      reproduce: trial.reproduce,
      ...severityOf(trial),
    }),
    passed: (good) =>
      `${good} old ${good === 1 ? 'credential was' : 'credentials were'} refused ${happening}`,
    failed: () => `an old credential still works ${happening}`,
    untried: untried?.because ?? `no ${kinds[0]} was tried`,
    provenShare: 1,
  });
}

const nameOf = ({ credential }: Trial): string =>
  credential === 'refresh' ? 'refresh token' : `${credential} credential`;

const residual = ({ residualSeconds = null }: Trial): string =>
  residualSeconds === null ? '' : `; by itself it ends ${minutes(residualSeconds)} after the event`;

const minutes = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${Number((seconds / 60).toFixed(1))} minutes`;

const severityOf = ({ residualSeconds = null }: Trial): { readonly severity?: Severity } =>
  residualSeconds !== null && residualSeconds <= shortLifeSeconds ? { severity: 'medium' } : {};

const age = (milliseconds: number | null): string =>
  milliseconds === null ? 'some time' : `${(milliseconds / 1000).toFixed(1)} s`;
