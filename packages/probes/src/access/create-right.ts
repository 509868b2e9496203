import type { Actor } from '@launch-ready/core';
import type { Capability } from './capability.ts';
import type { Courier } from './courier.ts';
import { plantObject } from './plant-object.ts';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from './workshop.ts';

/** For operations that create an object: whether this actor made one, or can. */
export async function createRight(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<Capability> {
  const own = workshop.objects.find((one) => one.resource === resource && one.owner === actor.id);
  if (own)
    return { state: 'able', because: `${actor.id} created one and found it again`, exchanges: own.exchanges };
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  if (made.kind === 'planted')
    return {
      state: made.object.ownerReads ? 'able' : 'unclear',
      because: `${actor.id} created one`,
      exchanges: made.object.exchanges,
    };
  return { state: made.denied ? 'denied' : 'unclear', because: made.because, exchanges: made.exchanges };
}
