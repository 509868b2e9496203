import type { ExchangeId } from '@launch-ready/core';
import { encodedAs, fillCall } from './call-shape.ts';
import { canUpdate, type Capability } from './capability.ts';
import { trialOf, type CoverageTrial } from './coverage-reads.ts';
import type { CoverageSubject } from './coverage-subject.ts';
import { changes, exchangesOf, outcomeOf, type Call, type Courier, type Delivery } from './courier.ts';
import { changedLeaves, viewAsOwner } from './owner-view.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import { reproductionOf } from './reproduction.ts';
import type { Resource } from './resource-graph.ts';
import type { Spoilt } from './spoilt-credentials.ts';
import type { Workshop } from './workshop.ts';

interface Shot {
  readonly answer: Delivery;
  readonly call: Call;
  readonly marks: readonly string[];
}

/** Changes and deletes objects of ours without a valid credential, and lets their owner look afterwards. */
export async function coverWrites(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  resource: Resource,
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const { operation, object } = subject;
  if (!object)
    return spoilt.map(({ kind }) =>
      trialOf(subject, kind, 'inconclusive', `no ${resource.type} could be planted`, []),
    );
  const isDelete = operation.method === 'DELETE';
  const control: Capability | null = isDelete
    ? (workshop.capabilities.get(`${operation.id} ${object.owner}`) ?? null)
    : await canUpdate(workshop, courier, operation, object.owner, object);
  const fresh = (): Promise<PlantedObject | null> => freshLike(workshop, courier, object);
  const aim = await fresh();
  if (!aim)
    return spoilt.map(({ kind }) =>
      trialOf(subject, kind, 'inconclusive', 'no throw-away could be made', []),
    );
  const first = await viewAsOwner(workshop, courier, aim, 'the owner reads it before');
  const before = await viewAsOwner(workshop, courier, aim, 'the owner reads it once more before');
  const shots: { readonly spoilt: Spoilt; readonly shot: Shot }[] = [];
  for (const one of spoilt)
    shots.push({ spoilt: one, shot: await shoot(workshop, courier, subject, one, aim) });
  const after = await viewAsOwner(workshop, courier, aim, 'the owner looks afterwards');
  const effect =
    after.gone ||
    changedLeaves(first, before, after).length > 0 ||
    shots.some(({ shot }) => shot.marks.some((mark) => after.text.includes(mark)));
  const trials: CoverageTrial[] = [];
  for (const { spoilt: one, shot } of shots) {
    const exchanges = [...(control?.exchanges ?? []), ...exchangesOf(shot.answer), ...after.exchanges];
    trials.push(
      effect
        ? await alone(workshop, courier, subject, one, fresh)
        : quiet(subject, one, shot, after.present, control, exchanges),
    );
  }
  return trials;
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
    if (after.gone) workshop.context.ledger.cleaned(object.ref);
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
  { kind, sender }: Spoilt,
  object: PlantedObject,
): Promise<Shot> {
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
    answer: await courier.send(sender, call),
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
