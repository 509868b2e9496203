import type { Attestation } from '../model/attestation.ts';
import type { Profile, RedFlagRule } from '../model/profile.ts';
import type { CheckResult, RedFlag, Review } from '../model/review.ts';

type State = Pick<RedFlag, 'state' | 'because'>;

/**
 * Red flags, raised by failed checks or by answers; without either a flag is unanswered, never clear. Of several answers
 * to one question the latest counts; an answer signed on a day yet to come does not.
 */
export function redFlags(
  profile: Profile,
  checks: readonly CheckResult[],
  attestations: readonly Attestation[],
  today: string,
): Review['redFlags'] {
  const signed = attestations.filter((attestation) => attestation.on <= today);
  const flags = profile.redFlags.map((rule) => ({
    id: rule.id,
    statement: rule.statement,
    why: rule.why,
    ...stateOf(rule, checks, signed),
  }));
  const raised = flags.filter((flag) => flag.state === 'raised').length;
  return { flags, raised, seniorEngineer: raised > 0 && raised >= profile.redFlagsForSenior };
}

function stateOf(
  { raisedBy }: RedFlagRule,
  checks: readonly CheckResult[],
  signed: readonly Attestation[],
): State {
  return raisedBy.kind === 'checks'
    ? byChecks(raisedBy.checks, checks)
    : byAnswer(raisedBy.question, raisedBy.answer, signed);
}

function byChecks(ids: readonly string[], checks: readonly CheckResult[]): State {
  const named = ids.flatMap((id) => checks.find((check) => check.id === id) ?? []);
  const failed = named.filter((check) => check.status === 'fail');
  if (failed.length > 0) return { state: 'raised', because: failed.map(({ title }) => title).join('; ') };
  const open = [
    ...ids
      .filter((id) => !named.some((check) => check.id === id))
      .map((id) => `no check named ${id} was run`),
    ...named
      .filter((check) => check.status === 'unknown' || check.status === 'error')
      .map((check) => `${check.title}: ${check.because}`),
  ];
  if (ids.length === 0) open.push('no check looks for it yet');
  if (open.length > 0) return { state: 'unanswered', because: open.join('; ') };
  return { state: 'clear', because: named.map((check) => `${check.title} (${check.because})`).join('; ') };
}

function byAnswer(question: string, raising: 'yes' | 'no', signed: readonly Attestation[]): State {
  const answers = signed.filter((attestation) => attestation.question === question);
  const latest = answers.reduce((day, { on }) => (on > day ? on : day), '');
  const counting = answers.filter(({ on }) => on === latest);
  const [first] = counting;
  if (first === undefined)
    return { state: 'unanswered', because: `nobody has answered the question ${question}` };
  const against = counting.find(({ answer }) => answer === raising);
  const told = against ?? first;
  return {
    state: against === undefined ? 'clear' : 'raised',
    because: `${told.by} answered ${told.answer} on ${told.on}`,
  };
}
