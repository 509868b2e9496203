import type { CitationId, EvidenceFor, Gathered, Outcome, crossTenantActions } from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeTrials } from '../trials/judge-trials.ts';

type Action = (typeof crossTenantActions)[number];
type Trial = Gathered<'crossTenant'>['trials'][number];
export type ActionEvidence = EvidenceFor<'crossTenant' | 'planting' | 'logins' | 'operations'>;

export interface ActionRules {
  readonly action: Action;
  /** What happened, after the attacker's name: `reads`. */
  readonly verb: string;
  /** Share of trials, 0 to 1, that must have ended in a proof for a pass. */
  readonly provenShare: number;
  /** Share of the kinds of object, 0 to 1, that must have been planted for a pass. */
  readonly plantedShare: number;
}

const bad: ReadonlySet<Trial['verdict']> = new Set(['leak', 'write', 'delete', 'insert']);

/**
 * Judges one action across tenants. A pass asks for more than silence: in every direction and for every planted kind of
 * object at least one trial whose controls worked, most trials proven, and most kinds of object planted.
 */
export function judgeAction(evidence: ActionEvidence, rules: ActionRules): Outcome {
  const { crossTenant, logins } = evidence;
  const lost = lostActors(logins, 'access/cross-tenant');
  const trials = crossTenant.trials.filter(({ action }) => action === rules.action);
  const isGood = ({ verdict, attacker, owner }: Trial): boolean =>
    (verdict === 'safe' || verdict === 'existence') && !lost.has(attacker) && !lost.has(owner);

  const missing = trials.length === 0 ? nothingTried(evidence, rules.action) : null;
  if (missing) return missing;
  const relations = relationsByOperation(trials);
  const outcome = judgeTrials({
    record: crossTenant.id,
    trials,
    state: (trial) => (bad.has(trial.verdict) ? 'bad' : isGood(trial) ? 'good' : 'unclear'),
    finding: (trial) => ({
      subject: { operation: trial.operation, relation: relations.get(trial.operation) ?? trial.relation },
      message: `a ${trial.relation} ${rules.verb} ${trial.objectType} of another tenant by ${trial.operation}${trial.slot === '-' ? '' : ` (${trial.slot})`}: ${trial.because}${idsIn(evidence, trial)}`,
      actors: [trial.attacker, trial.owner],
      reproduce: trial.reproduce,
      ...(isHardToFind(evidence, trial) ? { severity: 'high' as const } : {}),
    }),
    passed: (good) => `${good} attacks in both directions had no effect, with working controls`,
    failed: (findings) =>
      `${findings} ${findings === 1 ? 'operation lets' : 'operations let'} another tenant in`,
    untried: 'no attack was tried',
    provenShare: rules.provenShare,
  });
  if (outcome.status !== 'pass') return outcome;
  const hole = holeIn(evidence, trials, isGood, rules) ?? unseenList(evidence, trials, rules.action);
  if (hole === null) {
    const left = rules.action === 'tenant' ? (evidence.crossTenant.attackable?.leftAlone ?? []) : [];
    const never =
      left.length === 0
        ? ''
        : `; never called, since what they change could not be put back: ${left.join(', ')}`;
    return {
      ...outcome,
      because: `${outcome.because}${unproven(trials, isGood)}${notPlanted(evidence)}${never}`,
    };
  }
  const cited: readonly CitationId[] = [crossTenant.id, evidence.planting.id];
  return { status: 'unknown', because: hole, evidence: cited };
}

const byId: ReadonlySet<Action> = new Set(['read', 'update', 'delete', 'act']);

/** What is known of the ids of the objects that a trial names by id. */
const idsOf = ({ crossTenant }: ActionEvidence, { action, slot, objectType }: Trial) =>
  byId.has(action) && slot.startsWith('path:')
    ? crossTenant.ids?.find((one) => one.objectType === objectType)
    : undefined;

/** An id that nobody can guess must have been seen somewhere first. That makes a hole less grave, and not less of a hole. */
const isHardToFind = (evidence: ActionEvidence, trial: Trial): boolean =>
  idsOf(evidence, trial)?.quality === 'random';

function idsIn(evidence: ActionEvidence, trial: Trial): string {
  const ids = idsOf(evidence, trial);
  if (!ids || ids.quality === 'unknown') return '';
  return ids.quality === 'random'
    ? `; ids are ${ids.because}, so that one must be seen somewhere before it can be used`
    : `; ids are ${ids.because}, and can be guessed`;
}

/** Operations of which no attack at all proved anything, such as a list that shows its owner nothing either. */
function unproven(trials: readonly Trial[], isGood: (trial: Trial) => boolean): string {
  const proven = new Set(trials.filter(isGood).map(({ operation }) => operation));
  const open = [...new Set(trials.map(({ operation }) => operation))].filter((one) => !proven.has(one));
  return open.length === 0 ? '' : `; nothing was proven of: ${open.join(', ')}`;
}

/** What a pass does not speak of: everything that could not be planted, or was left alone on purpose, with the reason. */
function notPlanted({ planting }: ActionEvidence): string {
  const reasons = new Map(planting.notPlantable.map(({ operation, because }) => [operation, because]));
  if (reasons.size === 0) return '';
  const all = [...reasons].map(([operation, because]) =>
    operation === '-' ? because : `${operation} (${because})`,
  );
  return `; nothing is said of what could not be planted: ${all.join(', ')}`;
}

/** `foreign tenant` where several roles get through, so that the finding keeps its fingerprint. */
function relationsByOperation(trials: readonly Trial[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { operation, relation, verdict } of trials) {
    if (!bad.has(verdict)) continue;
    const known = found.get(operation);
    found.set(operation, known === undefined || known === relation ? relation : 'foreign tenant');
  }
  return found;
}

/** What a pass would hide, or null. */
function holeIn(
  { planting, logins }: ActionEvidence,
  trials: readonly Trial[],
  isGood: (trial: Trial) => boolean,
  rules: ActionRules,
): string | null {
  const tenantOf = new Map(logins.actors.map(({ actor, tenant }) => [actor, tenant]));
  const tenants = [...new Set(logins.actors.map(({ tenant }) => tenant))];
  for (const tenant of tenants) {
    const against = trials.filter(({ owner }) => tenantOf.get(owner) === tenant);
    if (!against.some(isGood)) return `nothing was proven against objects of ${tenant}`;
  }
  for (const type of new Set(trials.map(({ objectType }) => objectType))) {
    for (const tenant of tenants) {
      const of = trials.filter((trial) => trial.objectType === type && tenantOf.get(trial.owner) === tenant);
      const [first] = of;
      if (first && !of.some(isGood))
        return `none of ${of.length} trials on ${type} of ${tenant} proved anything: ${first.because}`;
    }
  }
  const planted = new Set(planting.objects.map(({ type }) => type));
  // What was left alone on purpose has no actor; the rest was tried and failed.
  const failed = new Set(
    planting.notPlantable.filter(({ actor }) => actor !== 'anonymous').map(({ operation }) => operation),
  );
  const share = planted.size / (planted.size + failed.size);
  const [reason] = planting.notPlantable.filter(({ actor }) => actor !== 'anonymous');
  if (share < rules.plantedShare) {
    return `only ${planted.size} of ${planted.size + failed.size} kinds of object could be planted${reason ? `: ${reason.operation}: ${reason.because}` : ''}`;
  }
  return null;
}

const asksByPost = /(^|[/.:_-])(list|search|query|find|filter|browse)$/i;

/** A list or search by POST cannot be told from a change and is not attacked; silence about the others proves nothing of it. */
function unseenList({ operations }: ActionEvidence, trials: readonly Trial[], action: Action): string | null {
  if (action !== 'list') return null;
  const tried = new Set(trials.map(({ operation }) => operation));
  const unseen = operations.operations.find(
    ({ id, method, path }) => method === 'POST' && asksByPost.test(path) && !tried.has(id),
  );
  return unseen === undefined ? null : `${unseen.id} lists or searches by POST, which is not attacked`;
}

function nothingTried({ operations, planting, crossTenant }: ActionEvidence, action: Action): Outcome {
  const methods = new Set(operations.operations.map(({ method }) => method));
  const none = (what: string): Outcome => ({
    status: 'not-applicable',
    because: what,
    evidence: [operations.id],
  });
  if (action === 'delete' && !methods.has('DELETE')) return none('no operation deletes anything');
  if (action === 'update' && !methods.has('PATCH') && !methods.has('PUT'))
    return none('no operation changes an object');
  if (action === 'act' && crossTenant.attackable?.act.length === 0)
    return none('no operation does anything to one object but read, change and delete it');
  if (action === 'tenant' && crossTenant.attackable?.tenant.length === 0)
    return none('no operation takes a tenant of which it could be asked for another');
  const [reason] = planting.notPlantable;
  const because =
    planting.objects.length === 0
      ? `nothing could be planted${reason ? `: ${reason.because}` : ''}`
      : 'no attack of this kind could be made';
  return { status: 'unknown', because, evidence: [planting.id] };
}
