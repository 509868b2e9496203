import type { ActorId, EvidenceMap, ExchangeId, Operation } from '@launch-ready/core';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Courier } from '../cross-tenant/courier.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { CandidateField } from './candidate-fields.ts';
import { unlistedKey } from './hidden-fields.ts';
import type { Extra } from './injected-write.ts';
import { readObject } from './read-object.ts';
import { takeBack } from './take-back.ts';
import { holds } from './two-values.ts';
import { writeFields, type Written } from './write-fields.ts';
import { writeReproduction } from './write-reproduction.ts';

export type MassTrial = EvidenceMap['massAssignment']['trials'][number];

/** A write with fields that do not belong there, to a kind of object of ours. */
export interface MassSubject {
  readonly workshop: Workshop;
  readonly courier: Courier;
  /** An untouched object of the kind: its owner writes. */
  readonly model: PlantedObject;
  readonly operation: Operation;
  readonly candidates: readonly CandidateField[];
  /** Reads as others, for objects that went over to them. */
  readonly others: readonly ActorId[];
  /** Somebody of the own tenant who is shown more of an object than its owner; null when nobody is. */
  readonly overseer: ActorId | null;
}

const valuesOf = (fields: readonly CandidateField[]): Extra =>
  Object.fromEntries(fields.map(({ name, first }) => [name, first]));

const moves = ({ kind }: CandidateField): boolean => kind === 'tenant' || kind === 'owner';
/** Fields tried alone after a write with all of them was refused as a whole. */
const mostAlone = 4;

export interface MassResult {
  readonly trials: readonly MassTrial[];
  /** An object that the fields left as it was, for the next write; null when there is none. */
  readonly spare: PlantedObject | null;
}

/** All candidates in one write; what was stored is written once more, alone and with another value, on another object. */
export async function tryOperation(
  subject: MassSubject,
  spare: PlantedObject | null = null,
): Promise<MassResult> {
  const { candidates, model } = subject;
  const shown = candidates.filter(({ hidden }) => hidden !== true);
  const hidden = candidates.filter((one) => one.hidden === true);
  const staying = candidates.filter((one) => !moves(one));
  const trials: MassTrial[] = [];
  const named = new Set(hidden.map(({ name }) => name));
  const whole = await writeGroup(subject, candidates, spare);
  const isTaken = candidates.every(({ name }) => name in whole.accepted);
  const stays = isTaken && whole.reader === model.owner;
  if (stays || staying.length === candidates.length) {
    trials.push(...(await judgeGroup(subject, candidates, whole)));
    return { trials: summed(trials, named), spare: unchanged(subject, whole) };
  }
  if (whole.reader !== null && whole.reader !== model.owner)
    await takeBack(subject, [whole.object], whole.reader);
  let clean = unchanged(subject, whole);
  const strict = !isTaken && hidden.length > 0 && (await isStrict(subject, clean));
  const refuse = (field: CandidateField): MassTrial =>
    trialOf(subject, field, whole.exchanges)('refused', refusedBecause(true));
  if (strict) trials.push(...hidden.map(refuse));
  // What moves an object away hides all other fields, and what is refused for one field says nothing of the others.
  const open = strict ? shown : candidates;
  const groups = [
    open.filter((one) => !moves(one)),
    ...shown.filter(moves).map((one) => [one]),
    strict ? [] : hidden.filter(moves),
  ];
  for (const group of groups) {
    if (group.length === 0) continue;
    const first = await writeGroup(subject, group, clean);
    clean = unchanged(subject, first);
    trials.push(...(await judgeGroup(subject, group, first)));
  }
  return { trials: summed(trials, named), spare: clean };
}

/** A body that refuses any key that it does not know refuses every field that is not described. */
const isStrict = async (subject: MassSubject, clean: PlantedObject | null): Promise<boolean> =>
  !(unlistedKey in (await writeFields(subject, { [unlistedKey]: 'unlisted' }, [], clean)).accepted);

/** The object of a write that left it as it was, so that something else can be written to it; or null. */
const unchanged = ({ model, candidates }: MassSubject, written: Written): PlantedObject | null => {
  const { read, reader, object } = written;
  const keeps = read !== null && candidates.some(({ name, first }) => holds(read[name], first));
  return reader === model.owner && !keeps && object !== null && read !== null ? object : null;
};

/** Writes the first values of these fields at once, with a made-up key where no view shows some of them. */
const writeGroup = (
  subject: MassSubject,
  group: readonly CandidateField[],
  spare: PlantedObject | null = null,
): Promise<Written> => {
  const made = group.some((one) => one.hidden === true) ? { [unlistedKey]: 'unlisted' } : {};
  const visible = group.filter((one) => one.hidden !== true).map(({ name }) => name);
  return writeFields(subject, { ...valuesOf(group), ...made }, visible, spare);
};

async function judgeGroup(
  subject: MassSubject,
  group: readonly CandidateField[],
  first: Written,
): Promise<readonly MassTrial[]> {
  const trials: MassTrial[] = [];
  let alone = 0;
  let strict: boolean | null = null;
  // What hides an object from its owner without being shown is looked for one by one.
  const gone = first.reader !== null && first.reader !== subject.model.owner;
  for (const field of group) {
    const settled = !(gone && field.hidden === true) && isSettled(first, field);
    if (settled || group.length === 1) {
      trials.push(await judge(subject, field, first));
    } else if (field.hidden === true && !gone) {
      strict ??= await isStrict(subject, unchanged(subject, first));
      if (!strict && alone < mostAlone) {
        alone += 1;
        trials.push(await judge(subject, field, await writeFields(subject, valuesOf([field]), [])));
      } else trials.push(trialOf(subject, field, first.exchanges)('refused', refusedBecause(strict)));
    } else if (alone < mostAlone || gone) {
      alone += 1;
      trials.push(await judge(subject, field, await writeFields(subject, valuesOf([field]), [])));
    } else trials.push(await judge(subject, field, first));
  }
  return trials;
}

const refusedBecause = (strict: boolean): string =>
  strict
    ? 'a body with any further key is refused, and the same body without it is accepted'
    : 'the write was refused with this field among others, and is accepted without them';

const isSettled = (written: Written, { name, first }: CandidateField): boolean =>
  name in written.accepted ||
  written.named.has(name) ||
  (written.read !== null && holds(written.read[name], first)) ||
  !written.works;

const trialOf =
  ({ operation, model }: MassSubject, field: CandidateField, exchanges: readonly ExchangeId[]) =>
  (
    verdict: MassTrial['verdict'],
    because: string,
    more: Partial<Pick<MassTrial, 'effect' | 'reproduce' | 'unseen'>> = {},
  ): MassTrial => ({
    operation: operation.id,
    actor: model.owner,
    field: field.name,
    kind: field.kind,
    verdict,
    because,
    effect: null,
    exchanges,
    reproduce: null,
    ...more,
  });

async function judge(subject: MassSubject, field: CandidateField, first: Written): Promise<MassTrial> {
  const { model } = subject;
  const exchanges = [...first.exchanges];
  const say = trialOf(subject, field, exchanges);
  const hidden = field.hidden === true;
  const stored = first.read !== null && holds(first.read[field.name], field.first);
  const left = first.reader !== null && first.reader !== model.owner;
  if (!stored && !(hidden && left)) {
    if (!(field.name in first.accepted))
      return first.works
        ? say('refused', first.because)
        : say('inconclusive', `${first.because}, and the same without further fields is not accepted either`);
    if (!first.read) return say('inconclusive', `the object could not be read afterwards: ${first.because}`);
    if (field.name in first.read)
      return say('ignored', `${field.name} held what the application gave it, not what was sent`);
    return hidden
      ? say('ignored', 'no view of the object showed it afterwards either', { unseen: true })
      : say('inconclusive', `${field.name} was not to be seen in the object afterwards`);
  }
  const keepsAll = first.read !== null && unlistedKey in first.read;
  if (hidden && keepsAll && !left)
    return say('ignored', 'the application keeps any key, a made-up one too, and gives this one no meaning');
  const again = await writeFields(subject, { [field.name]: field.second }, []);
  exchanges.push(...again.exchanges);
  const once = `${field.name} held what was sent once, and not again on another object`;
  const leftAgain = again.reader !== null && again.reader !== model.owner;
  if (stored ? !again.read || !holds(again.read[field.name], field.second) : !leftAgain)
    return { ...say('inconclusive', once), seenOnce: true };
  if (field.first === field.second && !left) {
    // A field with one other value may have come by it on its own.
    const plain = await writeFields(subject, {}, []);
    exchanges.push(...plain.exchanges);
    if (!plain.read)
      return say('inconclusive', 'an object without the field could not be read for comparison');
    if (holds(plain.read[field.name], field.second))
      return say('ignored', `${field.name} comes to hold the same value without being sent`);
  }
  const reader = leftAgain ? again.reader : null;
  if (reader !== null) {
    const otherwise = await readObject(subject.workshop, subject.courier, model, reader, true);
    exchanges.push(...otherwise.exchanges);
    await takeBack(subject, [first.object, again.object], reader);
    if (otherwise.object) return say('inconclusive', `${reader} finds objects of ${model.owner} anyway`);
  }
  const values = field.first === field.second ? [field.first] : [field.first, field.second];
  const told = values.map((value) => JSON.stringify(value)).join(' and ');
  const refusal = field.name in first.accepted ? '' : `, though ${first.because}`;
  if (field.asks === true || (keepsAll && (field.kind === 'time' || field.kind === 'state')))
    return say(
      'asked',
      `${model.owner} wrote ${told} to ${field.name}, which the request is not described to take, and both were stored; nothing shows whether callers are meant to set it`,
    );
  return say(
    'taken',
    `${model.owner} wrote ${told} to ${field.name} of two objects, and ${stored ? 'both were read back' : 'neither was found by its owner again'} (before: ${hidden ? 'not shown' : JSON.stringify(field.before)})${refusal}`,
    {
      effect: reader === null ? null : `${reader} then found the object, which it does not find otherwise`,
      reproduce:
        again.object && field.name in again.accepted ? writeReproduction(subject, again.object, field) : null,
    },
  );
}

/** Hidden fields that came to nothing in the same way are one trial. */
function summed(trials: readonly MassTrial[], hidden: ReadonlySet<string>): readonly MassTrial[] {
  const found: MassTrial[] = [];
  for (const trial of trials) {
    const good = (trial.verdict === 'ignored' || trial.verdict === 'refused') && hidden.has(trial.field);
    const index = found.findIndex(
      (one) =>
        good &&
        one.verdict === trial.verdict &&
        one.because === trial.because &&
        hidden.has(one.field.split(', ')[0] ?? ''),
    );
    const same = found[index];
    if (same) found[index] = { ...same, field: `${same.field}, ${trial.field}` };
    else found.push(trial);
  }
  return found;
}
