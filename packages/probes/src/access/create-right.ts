import type { Actor } from '@launch-ready/core';
import { exchangesOf, type Courier } from './courier.ts';
import { plantObject } from './plant-object.ts';
import type { RawRight } from './raw-right.ts';
import { receivedAnswers } from './received-answers.ts';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from './workshop.ts';

/** For operations that create an object: what planting showed already; null when this actor did not try. */
export function knownCreateRight(workshop: Workshop, resource: Resource, actor: Actor): RawRight | null {
  const own = workshop.objects.find((one) => one.resource === resource && one.owner === actor.id);
  if (own) {
    const because = `${actor.id} created one and found it again`;
    return { actor, state: own.ownerReads ? 'able' : 'unclear', because, exchanges: own.exchanges };
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
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  if (made.kind === 'planted')
    return {
      actor,
      state: made.object.ownerReads ? 'able' : 'unclear',
      because: `${actor.id} created one`,
      exchanges: made.object.exchanges,
    };
  return {
    actor,
    state: made.denied ? 'denied' : 'unclear',
    because: made.because,
    exchanges: made.exchanges,
  };
}
