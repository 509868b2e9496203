import type { ExchangeId } from '@launch-ready/core';
import type { Spoilt } from '../access/spoilt-credentials.ts';
import type { Resource } from '../access/resource-graph.ts';
import { exchangesOf, outcomeOf, type Courier } from '../cross-tenant/courier.ts';
import { changedLeaves, viewAsOwner, type OwnerView } from '../cross-tenant/owner-view.ts';
import { canUpdate, spareObject, type Capability } from '../plant/capability.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { confirmWrite } from './confirm-write.ts';
import { trialOf, type CoverageTrial } from './coverage-reads.ts';
import type { CoverageSubject } from './coverage-subject.ts';
import { sendSpoiltWrite, type Shot } from './spoilt-write.ts';
import { aimLike, freshLike } from './write-aim.ts';

/** A changing operation and the kind of object it changes. */
export interface CoverageWrite {
  readonly subject: CoverageSubject;
  readonly resource: Resource;
  readonly spoilt: readonly Spoilt[];
}

/**
 * Changes and deletes objects of ours without a valid credential, and lets their owner look afterwards: one object and one
 * look for all operations on one kind. Where anything has changed, each is tried alone, on fresh objects.
 */
export async function coverWrites(
  workshop: Workshop,
  courier: Courier,
  writes: readonly CoverageWrite[],
): Promise<readonly CoverageTrial[]> {
  const trials: CoverageTrial[] = [];
  for (const resource of new Set(writes.map((write) => write.resource))) {
    const deletes = ({ subject }: CoverageWrite): number => Number(subject.operation.method === 'DELETE');
    const ofKind = writes
      .filter((write) => write.resource === resource)
      // What deletes comes last, so that the others have something to change.
      .toSorted((a, b) => deletes(a) - deletes(b));
    trials.push(...(await coverKind(workshop, courier, ofKind, resource)));
  }
  return trials;
}

async function coverKind(
  workshop: Workshop,
  courier: Courier,
  writes: readonly CoverageWrite[],
  resource: Resource,
): Promise<readonly CoverageTrial[]> {
  const [like] = writes.flatMap(({ subject }) => (subject.object ? [subject.object] : []));
  const aim = like ? await aimLike(workshop, courier, like) : null;
  if (!like || !aim) {
    const because = like ? 'no throw-away could be made' : `no ${resource.type} could be planted`;
    return writes.flatMap(({ subject, spoilt }) =>
      spoilt.map(({ kind }) => trialOf(subject, kind, 'inconclusive', because, [])),
    );
  }
  const { object, before } = aim;
  const shots: {
    readonly subject: CoverageSubject;
    readonly one: Spoilt;
    readonly shot: Shot;
  }[] = [];
  for (const { subject, spoilt } of writes)
    for (const one of spoilt)
      shots.push({ subject, one, shot: await sendSpoiltWrite(workshop, courier, subject, one, object) });
  const after = await viewAsOwner(workshop, courier, object, 'the owner looks afterwards');
  const marked = shots.some(({ shot }) => shot.marks.some((mark) => after.text.includes(mark)));
  const effect = after.gone || marked || (await hasChanged(workshop, courier, object, before, after));
  // What strangers may have changed is no good to others any more.
  if (effect)
    workshop.objects.splice(0, Infinity, ...workshop.objects.filter(({ ref }) => ref !== object.ref));
  const trials: CoverageTrial[] = [];
  for (const { subject, one, shot } of shots) {
    if (effect) {
      trials.push(
        await confirmWrite(workshop, courier, subject, one, () => freshLike(workshop, courier, like)),
      );
      continue;
    }
    const control = await controlFor(workshop, courier, subject, shot, object);
    const exchanges = [...(control?.exchanges ?? []), ...exchangesOf(shot.answer), ...after.exchanges];
    trials.push(quiet(subject, one, shot, after.present, control, exchanges));
  }
  // As good as new: the next one who wants to delete such an object need not make one.
  if (!effect && after.present && object.twin === 'throwaway') spareObject(workshop, object, after);
  return trials;
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
