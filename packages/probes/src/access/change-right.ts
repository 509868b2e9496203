import type { Actor, Operation } from '@launch-ready/core';
import { canDelete, canUpdate, type Capability } from './capability.ts';
import type { Courier } from './courier.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from './workshop.ts';

/** For operations that change or remove an object: whether this actor can do so to one of its tenant. */
export async function changeRight(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<Capability> {
  const object = await objectFor(workshop, courier, resource, tenant, actor);
  if (!object) return { state: 'unclear', because: `no ${resource.type} could be planted`, exchanges: [] };
  return resource.remove === operation
    ? canDelete(workshop, courier, operation, actor.id, object)
    : canUpdate(workshop, courier, operation, actor.id, object);
}

/** The actor's own object when it has one, so that the role is tried and not the ownership; else another of its tenant. */
async function objectFor(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<PlantedObject | null> {
  const live = workshop.objects.filter(
    (one) => one.resource === resource && one.tenant === tenant && one.twin !== 'throwaway',
  );
  const own = live.find((one) => one.owner === actor.id);
  if (own) return own;
  if (live.length === 0) return null;
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  return made.kind === 'planted'
    ? made.object
    : (live.find(({ twin }) => twin === 'control') ?? live[0] ?? null);
}
