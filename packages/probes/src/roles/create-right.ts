import type { Actor } from '@launch-ready/core';
import { readObject } from '../mass-assignment/read-object.ts';
import { exchangesOf, type Courier } from '../cross-tenant/courier.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { RawRight } from './raw-right.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** For operations that create an object: what planting showed already; null when this actor did not try. */
export function knownCreateRight(workshop: Workshop, resource: Resource, actor: Actor): RawRight | null {
  const own = workshop.objects.find((one) => one.resource === resource && one.owner === actor.id);
  if (own?.ownerReads) {
    const because = `${actor.id} created one and found it again`;
    return { actor, state: 'able', because, exchanges: own.exchanges };
  }
  const refused = resource.create
    ? receivedAnswers(workshop.context).refusedCreate(resource.create, actor.id)
    : null;
  if (!refused) return null;
  const because = `${actor.id} was answered ${refused.status} when it wanted to create one`;
  return { actor, state: 'denied', because, exchanges: exchangesOf(refused) };
}

/** For operations that create an object: whether this actor can make one. */
export async function createRight(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<RawRight> {
  const own = workshop.objects.find((one) => one.resource === resource && one.owner === actor.id);
  if (own) return foundByStronger(workshop, courier, own, actor);
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  if (made.kind === 'planted') return foundByStronger(workshop, courier, made.object, actor);
  return {
    actor,
    state: made.denied ? 'denied' : 'unclear',
    because: made.because,
    exchanges: made.exchanges,
    mute: made.mute === true,
  };
}

/** Who may create may not always read: then what was created counts when somebody stronger finds it. */
async function foundByStronger(
  workshop: Workshop,
  courier: Courier,
  object: PlantedObject,
  actor: Actor,
): Promise<RawRight> {
  const because = `${actor.id} created one`;
  if (object.ownerReads) return { actor, state: 'able', because, exchanges: object.exchanges };
  const [stronger] = actorsOf(workshop.context, object.tenant).filter(({ id }) => id !== actor.id);
  if (!stronger) return { actor, state: 'unclear', because, exchanges: object.exchanges };
  const read = await readObject(workshop, courier, object, stronger.id, true);
  return {
    actor,
    state: read.object ? 'able' : 'unclear',
    because: `${because}, and ${read.object ? `${stronger.id} found it` : 'nobody was seen to find it'}`,
    exchanges: [...object.exchanges, ...read.exchanges],
  };
}
