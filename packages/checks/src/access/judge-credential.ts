import type { Gathered, Outcome, credentialKinds } from '@launch-ready/core';
import { judgeTrials, type TrialState } from '../trials/judge-trials.ts';
import { lostActors } from './lost-actors.ts';

type Kind = (typeof credentialKinds)[number];

const isBad = (verdict: string): boolean => verdict === 'exposed' || verdict === 'changed';

/** Judges what one kind of invalid credential reached. */
export function judgeCredential(
  {
    accessCoverage,
    logins,
  }: { readonly accessCoverage: Gathered<'accessCoverage'>; readonly logins: Gathered<'logins'> },
  kind: Kind,
  words: { readonly holder: string; readonly provenShare: number },
): Outcome {
  const lost = lostActors(logins, 'access/access-coverage');
  // Where no credential is asked for at all, a spoilt one opens nothing more: that is the finding of anonymous access.
  const openToNobody = new Set(
    accessCoverage.trials
      .filter(({ credential, verdict }) => credential === 'none' && isBad(verdict))
      .map(({ operation }) => operation),
  );
  const trials = accessCoverage.trials.filter(
    ({ credential, verdict, operation }) =>
      credential === kind &&
      verdict !== 'public' &&
      (kind === 'none' || kind === 'other-user' || !openToNobody.has(operation)),
  );
  const reasons = accessCoverage.notTested
    .filter(({ credential }) => credential === kind)
    .map(({ because }) => because);
  const spokenFor = (accessCoverage.represented ?? []).filter(({ credential }) => credential === kind).length;
  const more =
    spokenFor === 0
      ? ''
      : `; ${spokenFor} more, which are refused alike without a credential, were left to these`;
  const stateOf = ({ verdict, actor }: (typeof trials)[number]): TrialState =>
    isBad(verdict) ? 'bad' : verdict === 'refused' && !lost.has(actor) ? 'good' : 'unclear';
  const reached = new Set(trials.filter((one) => stateOf(one) === 'bad').map(({ operation }) => operation));
  // A credential that nobody looks at is one fault and not one of every operation.
  const isEverywhere =
    (kind === 'tampered' || kind === 'expired') &&
    reached.size > 1 &&
    !trials.some((one) => stateOf(one) === 'good');
  const outcome = judgeTrials({
    record: accessCoverage.id,
    trials,
    state: stateOf,
    finding: (trial) => ({
      subject: isEverywhere
        ? { relation: words.holder, variant: 'everywhere' }
        : { operation: trial.operation, relation: words.holder, variant: trial.verdict },
      message: `${words.holder}, ${isEverywhere ? `every operation of ${reached.size} that were proven gives in; ` : ''}${trial.operation} ${trial.verdict === 'exposed' ? 'gives out private data' : 'makes a change that the owner then sees'}: ${trial.because}`,
      actors: [trial.actor],
      reproduce: trial.reproduce,
    }),
    passed: (good) => `${good} operations gave nothing private and changed nothing ${words.holder}${more}`,
    failed: (findings) =>
      `${findings} ${findings === 1 ? 'operation answers or obeys' : 'operations answer or obey'} ${words.holder}`,
    untried: reasons[0] ?? `no operation was called ${words.holder}`,
    provenShare: words.provenShare,
  });
  // A run that ended before every operation was called has not seen them all.
  const [hole] = reasons;
  if (outcome.status === 'pass' && hole !== undefined)
    return { status: 'unknown', because: hole, evidence: outcome.evidence };
  return outcome;
}
