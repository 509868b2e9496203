import type { ExchangeId } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { canUpdate, type Capability } from '../plant/capability.ts';
import { trialOf, type CoverageTrial } from './coverage-reads.ts';
import type { CoverageSubject } from './coverage-subject.ts';
import {
  changes,
  exchangesOf,
  outcomeOf,
  type Call,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { changedLeaves, viewAsOwner, type OwnerView } from '../cross-tenant/owner-view.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import type { Resource } from '../access/resource-graph.ts';
import { sendSpoilt, type Spoilt } from '../access/spoilt-credentials.ts';
import type { Workshop } from '../plant/workshop.ts';

interface Shot {
  readonly answer: Delivery;
  readonly call: Call;
  readonly marks: readonly string[];
}

/** A changing operation and the kind of object it changes. */
export interface CoverageWrite {
  readonly subject: CoverageSubject;
  readonly resource: Resource;
}

/**
 * Changes and deletes objects of ours without a valid credential, and lets their owner look afterwards: one object and one
 * look for all operations on one kind. Where anything has changed, each is tried alone, on fresh objects.
 */
export async function coverWrites(
  workshop: Workshop,
  courier: Courier,
  writes: readonly CoverageWrite[],
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const trials: CoverageTrial[] = [];
  for (const resource of new Set(writes.map((write) => write.resource))) {
    const subjects = writes
      .filter((write) => write.resource === resource)
      .map(({ subject }) => subject)
      // What deletes comes last, so that the others have something to change.
      .toSorted((a, b) => Number(a.operation.method === 'DELETE') - Number(b.operation.method === 'DELETE'));
    trials.push(...(await coverKind(workshop, courier, subjects, resource, spoilt)));
  }
  return trials;
}

async function coverKind(
  workshop: Workshop,
  courier: Courier,
  subjects: readonly CoverageSubject[],
  resource: Resource,
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const [like] = subjects.flatMap(({ object }) => (object ? [object] : []));
  const aim = like ? await aimLike(workshop, courier, like) : null;
  if (!like || !aim) {
    const because = like ? 'no throw-away could be made' : `no ${resource.type} could be planted`;
    return subjects.flatMap((subject) =>
      spoilt.map(({ kind }) => trialOf(subject, kind, 'inconclusive', because, [])),
    );
  }
  const { object, before } = aim;
  const shots: {
    readonly subject: CoverageSubject;
    readonly one: Spoilt;
    readonly shot: Shot;
  }[] = [];
  for (const subject of subjects)
    for (const one of spoilt)
      shots.push({ subject, one, shot: await shoot(workshop, courier, subject, one, object) });
  const after = await viewAsOwner(workshop, courier, object, 'the owner looks afterwards');
  const marked = shots.some(({ shot }) => shot.marks.some((mark) => after.text.includes(mark)));
  const effect = after.gone || marked || (await hasChanged(workshop, courier, object, before, after));
  // What strangers may have changed is no good to others any more.
  if (effect)
    workshop.objects.splice(0, Infinity, ...workshop.objects.filter(({ ref }) => ref !== object.ref));
  const trials: CoverageTrial[] = [];
  for (const { subject, one, shot } of shots) {
    if (effect) {
      trials.push(await alone(workshop, courier, subject, one, () => freshLike(workshop, courier, like)));
      continue;
    }
    const control = await controlFor(workshop, courier, subject, shot, object);
    const exchanges = [...(control?.exchanges ?? []), ...exchangesOf(shot.answer), ...after.exchanges];
    trials.push(quiet(subject, one, shot, after.present, control, exchanges));
  }
  return trials;
}

/** An object to aim at that nobody else needs any more, as its owner sees it: the last one beside the victim, or a fresh one. */
async function aimLike(
  workshop: Workshop,
  courier: Courier,
  like: PlantedObject,
): Promise<{ readonly object: PlantedObject; readonly before: OwnerView } | null> {
  const purpose = 'the owner reads it before';
  const twin = workshop.objects.findLast(
    (one) =>
      one.resource === like.resource &&
      one.tenant === like.tenant &&
      one.owner === like.owner &&
      one.twin !== 'victim' &&
      one.ownerReads &&
      workshop.context.ledger.entry(one.ref).state === 'created',
  );
  if (twin) {
    const before = await viewAsOwner(workshop, courier, twin, purpose);
    if (before.present) return { object: twin, before };
  }
  const object = await freshLike(workshop, courier, like);
  return object === null ? null : { object, before: await viewAsOwner(workshop, courier, object, purpose) };
}

/** Whether anything changed that does not change by itself; a second look is taken only where something did. */
async function hasChanged(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  before: OwnerView,
  after: OwnerView,
): Promise<boolean> {
  if (!after.present || changedLeaves(after, after, before).length === 0) return false;
  const again = await viewAsOwner(workshop, courier, object, 'the owner looks once more');
  return changedLeaves(again, after, before).length > 0;
}

/** A refusal by its status needs no control; anything else is a refusal only when the owner can do it. */
async function controlFor(
  workshop: Workshop,
  courier: Courier,
  { operation }: CoverageSubject,
  { answer }: Shot,
  object: PlantedObject,
): Promise<Capability | null> {
  if (answer.kind === 'answer' && (answer.status === 401 || answer.status === 403)) return null;
  return operation.method === 'DELETE'
    ? (workshop.capabilities.get(`${operation.id} ${object.owner}`) ?? null)
    : canUpdate(workshop, courier, operation, object.owner, object);
}

function quiet(
  subject: CoverageSubject,
  { kind }: Spoilt,
  { answer }: Shot,
  present: boolean,
  control: Capability | null,
  exchanges: readonly ExchangeId[],
): CoverageTrial {
  if (!present)
    return trialOf(
      subject,
      kind,
      'inconclusive',
      'the owner could not read its object afterwards',
      exchanges,
    );
  if (answer.kind !== 'answer' || answer.status >= 500 || answer.status === 429)
    return trialOf(subject, kind, 'inconclusive', outcomeOf(answer), exchanges);
  if (answer.status === 401 || answer.status === 403 || control?.state === 'able') {
    return trialOf(subject, kind, 'refused', `${outcomeOf(answer)}, and its owner saw no change`, exchanges);
  }
  return trialOf(
    subject,
    kind,
    'inconclusive',
    `${outcomeOf(answer)} without effect, and the control did not work: ${control?.because ?? 'it was not tried'}`,
    exchanges,
  );
}

/** One kind of credential alone, on two fresh objects. */
async function alone(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  one: Spoilt,
  fresh: () => Promise<PlantedObject | null>,
): Promise<CoverageTrial> {
  const exchanges: ExchangeId[] = [];
  let effects = 0;
  let last: { readonly object: PlantedObject; readonly shot: Shot } | null = null;
  for (let round = 1; round <= 2; round += 1) {
    const object = await fresh();
    if (!object)
      return trialOf(
        subject,
        one.kind,
        'inconclusive',
        'no throw-away could be made to confirm it',
        exchanges,
      );
    const first = await viewAsOwner(workshop, courier, object, 'confirm: the owner reads it before');
    const before = await viewAsOwner(
      workshop,
      courier,
      object,
      'confirm: the owner reads it once more before',
    );
    const shot = await shoot(workshop, courier, subject, one, object);
    const after = await viewAsOwner(workshop, courier, object, 'confirm: the owner looks afterwards');
    exchanges.push(...exchangesOf(shot.answer), ...after.exchanges);
    const changed =
      shot.marks.some((mark) => after.text.includes(mark)) || changedLeaves(first, before, after).length > 0;
    if (!changed && !after.gone) {
      if (effects === 0 && after.present)
        return trialOf(
          subject,
          one.kind,
          'refused',
          `${outcomeOf(shot.answer)}, and its owner saw no change`,
          exchanges,
        );
      return trialOf(subject, one.kind, 'inconclusive', 'an effect was seen once, but not again', exchanges);
    }
    // A change may have replaced the canaries that the owner looked for: only what deletes leaves nothing behind.
    if (after.gone && shot.marks.length === 0) workshop.context.ledger.cleaned(object.ref);
    effects += 1;
    last = { object, shot };
  }
  const trial = trialOf(
    subject,
    one.kind,
    'changed',
    `${last ? outcomeOf(last.shot.answer) : ''}, and the owner then saw the effect on two objects in a row`,
    exchanges,
  );
  if (!last) return trial;
  const { object, shot } = last;
  const look = object.resource.read ?? object.resource.lists[0];
  const filled = look ? fillCall(look, workshop.graph.boundSlots(look), object.values) : null;
  if (!look || filled?.kind !== 'filled') return trial;
  return {
    ...trial,
    reproduce: reproductionOf(workshop, {
      proof: subject.operation.method === 'DELETE' ? 'gone' : 'changed',
      object,
      attacker: one.kind === 'none' ? 'anonymous' : `${subject.actor}.${one.kind}`,
      spoilt: one.kind,
      attack: { call: shot.call, values: object.values },
      attackMarks: shot.marks,
      ownerLooks: {
        call: { operation: look, url: filled.url, headers: filled.headers },
        values: object.values,
      },
      alive: null,
    }),
  };
}

async function shoot(
  workshop: Workshop,
  courier: Courier,
  { operation }: CoverageSubject,
  spoilt: Spoilt,
  object: PlantedObject,
): Promise<Shot> {
  const { kind } = spoilt;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  const made = workshop.body(operation, 'update', `nobody ${kind}`, object.values);
  for (const { value } of made.canaries) workshop.context.ledger.allowScope(value);
  const withBody = operation.method !== 'DELETE' || operation.body?.required === true;
  const call: Call = {
    operation,
    url: filled.kind === 'filled' ? filled.url : operation.origin + operation.path,
    headers: filled.kind === 'filled' ? filled.headers : [],
    body: withBody ? encodedAs(operation, made.value) : null,
    effect: changes(object.ref),
    purpose: `change ${object.resource.type} with credential: ${kind}`,
  };
  return {
    answer: await sendSpoilt(courier, spoilt, call),
    call,
    marks: withBody ? made.canaries.map(({ value }) => value) : [],
  };
}

async function freshLike(
  workshop: Workshop,
  courier: Courier,
  like: PlantedObject,
): Promise<PlantedObject | null> {
  const result = await plantObject(workshop, courier, {
    resource: like.resource,
    actor: like.owner,
    tenant: like.tenant,
    twin: 'throwaway',
    purpose: 'cover',
  });
  return result.kind === 'planted' && result.object.ownerReads ? result.object : null;
}
