import type { ActorId, EvidenceMap, ExchangeId, Operation } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { asActor, changes, exchangesOf, isSuccess, outcomeOf, type Courier } from '../access/courier.ts';
import { plantObject } from '../access/plant-object.ts';
import type { PlantedObject } from '../access/planted-object.ts';
import type { Workshop } from '../access/workshop.ts';
import type { CandidateField } from './candidate-fields.ts';
import { injectInto, merged, type Extra } from './injected-write.ts';
import { readObject } from './read-object.ts';
import { writeReproduction } from './write-reproduction.ts';
import { holds } from './two-values.ts';

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
}

/** What one write did: the fields it carried, and the object as it was read afterwards. */
interface Written {
  readonly sent: Extra;
  readonly object: PlantedObject | null;
  readonly read: Readonly<Record<string, unknown>> | null;
  /** Who read it: the owner, or somebody else when the owner no longer could. */
  readonly reader: ActorId | null;
  readonly because: string;
  /** A creating request with these fields was refused, so that there is no object. */
  readonly refusedWhole?: boolean;
  readonly exchanges: readonly ExchangeId[];
}

const valuesOf = (fields: readonly CandidateField[]): Extra =>
  Object.fromEntries(fields.map(({ name, first }) => [name, first]));

/** All candidates in one write; what was stored is written once more, alone and with another value, on another object. */
export async function tryOperation(subject: MassSubject): Promise<readonly MassTrial[]> {
  const { candidates } = subject;
  // What moves an object away hides all other fields: it goes alone.
  const moving = candidates.filter(({ kind }) => kind === 'tenant' || kind === 'owner');
  const staying = candidates.filter((one) => !moving.includes(one));
  const trials: MassTrial[] = [];
  for (const group of [staying, ...moving.map((one) => [one])]) {
    if (group.length === 0) continue;
    const first = await write(subject, valuesOf(group));
    if (first.refusedWhole && group.length > 1) {
      // The refusal may be about any one of them.
      for (const [index, field] of group.entries()) {
        const alone = index < mostWrites ? await write(subject, valuesOf([field])) : first;
        trials.push(await judge(subject, field, alone));
      }
    } else for (const field of group) trials.push(await judge(subject, field, first));
  }
  return trials;
}

async function judge(subject: MassSubject, field: CandidateField, first: Written): Promise<MassTrial> {
  const { operation, model } = subject;
  const exchanges = [...first.exchanges];
  const say = (
    verdict: MassTrial['verdict'],
    because: string,
    more: Partial<Pick<MassTrial, 'effect' | 'reproduce'>> = {},
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
  if (!(field.name in first.sent)) return say('refused', first.because);
  if (!first.read) return say('inconclusive', `the object could not be read afterwards: ${first.because}`);
  if (!(field.name in first.read))
    return say('inconclusive', `${field.name} was not to be seen in the object afterwards`);
  if (!holds(first.read[field.name], field.first))
    return say('ignored', `${field.name} held what the application gave it, not what was sent`);
  const again = await write(subject, { [field.name]: field.second });
  exchanges.push(...again.exchanges);
  if (!again.read || !holds(again.read[field.name], field.second))
    return say('inconclusive', `${field.name} held what was sent once, and not again on another object`);
  const reader = again.reader !== null && again.reader !== model.owner ? again.reader : null;
  if (reader !== null) {
    const otherwise = await readObject(subject.workshop, subject.courier, model, reader, true);
    exchanges.push(...otherwise.exchanges);
    await takeBack(subject, [first.object, again.object], reader);
    if (otherwise.object) return say('inconclusive', `${reader} finds objects of ${model.owner} anyway`);
  }
  const values = field.first === field.second ? [field.first] : [field.first, field.second];
  return say(
    'taken',
    `${model.owner} wrote ${values.map((value) => JSON.stringify(value)).join(' and ')} to ${field.name} of two objects, and both were read back (before: ${JSON.stringify(field.before)})`,
    {
      effect: reader === null ? null : `${reader} then found the object, which it does not find otherwise`,
      reproduce: again.object ? writeReproduction(subject, again.object, field) : null,
    },
  );
}

async function write(subject: MassSubject, extra: Extra): Promise<Written> {
  const { model, operation } = subject;
  const isCreate = model.resource.create === operation;
  const { workshop, courier } = subject;
  const injection = isCreate ? injectInto(workshop, operation.id, extra) : null;
  const made = await plantObject(injection?.workshop ?? workshop, courier, {
    resource: model.resource,
    actor: model.owner,
    tenant: model.tenant,
    twin: 'throwaway',
    purpose: 'mass assignment',
  });
  if (made.kind === 'not-planted') {
    // The same body without these fields is accepted: the model was made with it.
    const refusedWhole = isCreate && made.exchanges.length > 0;
    const { because, exchanges } = made;
    return {
      sent: refusedWhole ? {} : extra,
      object: null,
      read: null,
      reader: null,
      because,
      refusedWhole,
      exchanges,
    };
  }
  const { object } = made;
  const exchanges = [...object.exchanges];
  let sent = injection?.sent() ?? extra;
  let because =
    injection?.refused() === true ? 'the write was refused with these fields in it' : 'it was accepted';
  if (!isCreate) {
    const done = await update(subject, object, extra);
    exchanges.push(...done.exchanges);
    sent = done.sent;
    because = done.because;
  }
  const seen = await seek(subject, object, !isCreate);
  return { sent, object, ...seen, because, exchanges: [...exchanges, ...seen.exchanges] };
}

async function update(
  { workshop, courier, operation }: MassSubject,
  object: PlantedObject,
  extra: Extra,
): Promise<Pick<Written, 'sent' | 'because' | 'exchanges'>> {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  if (filled.kind === 'unfilled') return { sent: {}, because: 'its path cannot be filled', exchanges: [] };
  const exchanges: ExchangeId[] = [];
  let because = '';
  const taken: Record<string, unknown> = {};
  const queue: Extra[] = [extra];
  for (let round = 0; round < mostWrites; round += 1) {
    const next = queue.shift();
    if (!next) break;
    const made = workshop.body(operation, 'update', object.owner, object.values);
    const body = encodedAs(operation, merged(made.value, next));
    if (!body) return { sent: {}, because: 'bodies of its type are not made', exchanges };
    workshop.remark(object.ref, made.canaries);
    const answer = await courier.send(asActor(object.owner), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body,
      effect: changes(object.ref),
      purpose: 'mass assignment: a change with fields that do not belong there',
    });
    exchanges.push(...exchangesOf(answer));
    because = `the write was ${outcomeOf(answer)}`;
    if (isSuccess(answer)) Object.assign(taken, next);
    else if (round === 0 && answer.kind === 'answer') queue.push(...lessOf(next, answer.text));
  }
  return { sent: taken, because, exchanges };
}

/** Writes to one object: the first with everything, the others after a refusal with less. */
const mostWrites = 4;

/** What a refusal does not speak of; or one field at a time when it names none of them. */
function lessOf(extra: Extra, refusal: string): readonly Extra[] {
  const entries = Object.entries(extra);
  if (entries.length < 2) return [];
  const unnamed = entries.filter(([name]) => !refusal.includes(name));
  if (unnamed.length === 0) return [];
  if (unnamed.length < entries.length) return [Object.fromEntries(unnamed)];
  return entries.map(([name, value]) => ({ [name]: value }));
}

/** The owner looks first, then those to whom the object may have gone. */
async function seek(
  { workshop, courier, others, candidates }: MassSubject,
  object: PlantedObject,
  fresh: boolean,
): Promise<Pick<Written, 'read' | 'reader' | 'exchanges'>> {
  const own = await readObject(workshop, courier, object, object.owner, fresh);
  if (own.object) return { read: own.object, reader: object.owner, exchanges: own.exchanges };
  const exchanges = [...own.exchanges];
  if (!candidates.some(({ kind }) => kind === 'tenant' || kind === 'owner'))
    return { read: null, reader: null, exchanges };
  for (const other of others) {
    const found = await readObject(workshop, courier, object, other, true);
    exchanges.push(...found.exchanges);
    if (found.object) return { read: found.object, reader: other, exchanges };
  }
  return { read: null, reader: null, exchanges };
}

/** What went over to others is removed as them, and believed to be gone when they no longer find it. */
async function takeBack(
  { workshop, courier }: MassSubject,
  objects: readonly (PlantedObject | null)[],
  reader: ActorId,
): Promise<void> {
  for (const object of objects) {
    const remove = object?.resource.remove;
    if (!object || !remove) continue;
    const filled = fillCall(remove, workshop.graph.boundSlots(remove), object.values);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(reader), {
      operation: remove,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: changes(object.ref),
      purpose: 'mass assignment: remove what went over',
    });
    const left = await readObject(workshop, courier, object, reader, true);
    if (isSuccess(answer) && !left.object) workshop.context.ledger.cleaned(object.ref);
  }
}
